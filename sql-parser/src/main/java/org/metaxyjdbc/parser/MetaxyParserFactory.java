package org.metaxyjdbc.parser;

import java.io.Reader;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParserImplFactory;

/**
 * Makes parsers of this grammar, in which a column can be called {@code value}.
 *
 * <p>Calcite's grammar takes {@code VALUE} for the beginning of a query, as {@code VALUES} is,
 * wherever one can stand: {@code (value + 1)} would be a query of the row {@code +1}.
 */
public final class MetaxyParserFactory implements SqlParserImplFactory {
  public static final SqlParserImplFactory INSTANCE = new MetaxyParserFactory();

  private MetaxyParserFactory() {}

  @Override
  public SqlAbstractParserImpl getParser(Reader reader) {
    MetaxyParserImpl parser = (MetaxyParserImpl) MetaxyParserImpl.FACTORY.getParser(reader);
    parser.token_source = new Tokens(parser.jj_input_stream);
    return parser;
  }

  /** The tokens of a text, with {@code VALUE} as a name where an expression begins. */
  private static final class Tokens extends MetaxyParserImplTokenManager {
    private int previous;

    Tokens(SimpleCharStream text) {
      super(text);
    }

    @Override
    public Token getNextToken() {
      Token token = super.getNextToken();
      if (token.kind == MetaxyParserImplConstants.VALUE && beginsExpression()) {
        token.kind = MetaxyParserImplConstants.IDENTIFIER;
      }
      previous = token.kind;
      return token;
    }

    private boolean beginsExpression() {
      return switch (previous) {
        case MetaxyParserImplConstants.LPAREN,
            MetaxyParserImplConstants.COMMA,
            MetaxyParserImplConstants.DISTINCT ->
            true;
        default -> false;
      };
    }
  }
}
