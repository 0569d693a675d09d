package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that a Redis URL never shows its secrets. */
class RedisAddressTest {

    @ParameterizedTest
    @CsvSource({
        "redis://localhost, redis://localhost:6379",
        "redis://localhost:7000/3, redis://localhost:7000/3",
        "redis://user:secret@redis.example:6380/0, redis://redis.example:6380/0",
        "rediss://:secret@redis.example, rediss://redis.example:6379"
    })
    void isShownWithoutSecrets(String url, String shown) {
        RedisAddress address = new RedisAddress(url);

        assertThat(address.displayed()).isEqualTo(shown);
        assertThat(address.toString()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://user:se cret@host",
                "redis://u:secret@",
                "http://u:secret@host",
                "secret",
                "",
                "redis://u:secret@host/x"
            })
    void malformedUrlIsRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> new RedisAddress(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining("tandem.redis.url")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://localhost/3, redis://localhost/3",
        "redis://u:a+b@localhost:7000/3, redis://u:a%2Bb@localhost:7000/3",
        "redis://u:a%2Bb@localhost, redis://u:a%2Bb@localhost"
    })
    void plusSignInAPasswordIsAPlusSign(String url, String connectionString) {
        assertThat(new RedisAddress(url).connectionString()).isEqualTo(connectionString);
    }

    @Test
    void redissIsTls() {
        assertThat(new RedisAddress("rediss://host").isTls()).isTrue();
        assertThat(new RedisAddress("redis://host").isTls()).isFalse();
    }
}
