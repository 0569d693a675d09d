package dev.tandem.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies what settings a room can have, and which field is blamed for what it cannot. */
@QuarkusTest
class SettingsTest {
    @Inject
    Settings settings;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'name':'n'}; name; n",
                "{'private':true}; private; 1",
                "{'private':false}; private; 0",
                "{'topic':'t'}; topic; t",
                "{'metadata':{'a':[1]}}; metadata; {'a':[1]}",
                "{'locked':true}; locked; 1",
                "{'capacity':2}; capacity; 2",
                "{'slowMode':86400}; slowMode; 86400",
                "{'historyCount':1000}; historyCount; 1000",
                "{'historyAge':60}; historyAge; 60000",
                "{'emptyTtl':1}; emptyTtl; 1000"
            })
    void storesWhatIsGiven(String given, String field, String stored) {
        assertThat(settings.read(json(given)).stored()).isEqualTo(Map.of(field, stored.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'topic':null}; topic",
                "{'topic':''}; topic",
                "{'metadata':null}; metadata",
                "{'locked':false}; locked",
                "{'capacity':null}; capacity",
                "{'slowMode':0}; slowMode",
                "{'historyCount':null}; historyCount",
                "{'historyAge':null}; historyAge",
                "{'emptyTtl':null}; emptyTtl",
                "{'password':null}; password"
            })
    void takesAway(String given, String field) {
        SettingsChange change = settings.read(json(given));

        assertThat(change.cleared()).containsExactly(field);
        assertThat(change.stored()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'name':null}; name",
                "{'name':''}; name",
                "{'name':1}; name",
                "{'private':null}; private",
                "{'private':'yes'}; private",
                "{'topic':7}; topic",
                "{'metadata':[]}; metadata",
                "{'metadata':'a'}; metadata",
                "{'locked':1}; locked",
                "{'capacity':0}; capacity",
                "{'capacity':1.0}; capacity",
                "{'capacity':'2'}; capacity",
                "{'slowMode':-1}; slowMode",
                "{'slowMode':86401}; slowMode",
                "{'historyCount':0}; historyCount",
                "{'historyCount':1001}; historyCount",
                "{'historyAge':0}; historyAge",
                "{'emptyTtl':0}; emptyTtl",
                "{'password':''}; password",
                "{'password':1}; password"
            })
    void blamesTheFieldThatIsWrong(String given, String field) {
        JsonNode wrong = json(given);

        assertThatThrownBy(() -> settings.read(wrong)).isInstanceOfSatisfying(TandemException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_FIELD);
            assertThat(refusal.field()).contains(field);
        });
    }

    @ParameterizedTest
    @CsvSource({"name, 200", "topic, 256", "password, 128"})
    void boundsTexts(String field, int most) {
        settings.read(json("{'" + field + "':'" + "x".repeat(most) + "'}"));
        JsonNode longer = json("{'" + field + "':'" + "x".repeat(most + 1) + "'}");

        assertThatThrownBy(() -> settings.read(longer))
                .isInstanceOfSatisfying(
                        TandemException.class,
                        refusal -> assertThat(refusal.field()).contains(field));
    }

    @Test
    void boundsMetadataByItsBytes() {
        settings.read(json("{'metadata':{'a':'" + "x".repeat(8 * 1024 - 8) + "'}}"));
        JsonNode larger = json("{'metadata':{'a':'" + "x".repeat(8 * 1024 - 7) + "'}}");

        assertThatThrownBy(() -> settings.read(larger))
                .isInstanceOfSatisfying(
                        TandemException.class,
                        refusal -> assertThat(refusal.field()).contains("metadata"));
    }

    @Test
    void tellsMembersOfAPasswordOnlyThatThereIsOne() {
        SettingsChange change = settings.read(json("{'password':'secret'}"));

        assertThat(change.password()).contains("secret");
        assertThat(change.told()).hasToString("{\"passwordRequired\":true}");
        assertThat(change.stored()).isEmpty();
    }

    @Test
    void nullCountsAsNotGivenInARoomThatIsMade() {
        SettingsChange settled = settings.readNew(json("{'name':null,'topic':null,'password':null,'capacity':3}"));

        assertThat(settled.stored()).isEqualTo(Map.of("capacity", "3"));
        assertThat(settled.cleared()).isEmpty();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }
}
