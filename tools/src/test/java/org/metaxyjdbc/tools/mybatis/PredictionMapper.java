package org.metaxyjdbc.tools.mybatis;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Statements of the feature {@code predictions}. */
interface PredictionMapper {
  @Select("SELECT * FROM predictions WHERE prediction_id = #{id}")
  @Nullable Prediction find(long id);

  @Select(
      """
      <script>
      SELECT * FROM predictions WHERE model IN
      <foreach item="model" collection="models" open="(" separator="," close=")">#{model}</foreach>
      ORDER BY prediction_id
      </script>
      """)
  List<Prediction> ofModels(@Param("models") List<String> models);

  @Insert(
      """
      INSERT INTO predictions (prediction_id, model, price, is_checked, taken_on, created_at, seen_at)
      VALUES (#{predictionId}, #{model}, #{price}, #{isChecked}, #{takenOn}, #{createdAt}, #{seenAt})
      """)
  int add(Prediction prediction);

  @Update("UPDATE predictions SET price = #{price} WHERE prediction_id = #{predictionId}")
  int setPrice(Prediction prediction);

  @Delete("DELETE FROM predictions WHERE prediction_id = #{id}")
  int remove(long id);
}
