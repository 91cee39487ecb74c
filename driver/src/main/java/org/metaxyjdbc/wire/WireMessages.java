package org.metaxyjdbc.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.calcite.avatica.proto.Common;
import org.metaxyjdbc.error.MetaxyException;
import org.metaxyjdbc.error.SqlState;

/**
 * Avatica's messages carry the names of its classes, which are others in the one jar. On the wire
 * they are always Avatica's own.
 */
public final class WireMessages {
  private static final String RELOCATION = relocation();

  private WireMessages() {}

  private static String relocation() {
    String name = Common.class.getName();
    return name.substring(0, name.indexOf("apache.calcite") - "org.".length());
  }

  /** A message that was made here, as it is sent. */
  public static byte[] sent(byte[] made) {
    if (RELOCATION.isEmpty()) {
      return made;
    }
    Common.WireMessage message = parse(made);
    return named(message, message.getName().substring(RELOCATION.length()));
  }

  /** A message that was sent, as it is understood here. */
  public static byte[] received(byte[] sent) {
    if (RELOCATION.isEmpty()) {
      return sent;
    }
    Common.WireMessage message = parse(sent);
    return named(message, RELOCATION + message.getName());
  }

  private static byte[] named(Common.WireMessage message, String name) {
    return message.toBuilder().setName(name).build().toByteArray();
  }

  private static Common.WireMessage parse(byte[] message) {
    try {
      return Common.WireMessage.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw new MetaxyException(
          SqlState.CONNECTION_FAILURE, "This is no message of Avatica's protocol", e);
    }
  }
}
