package dev.tandem.session;

import dev.tandem.error.TandemException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Keys as the settings name them: {@code id:sha256:scope+scope}. Pure. */
final class ConfiguredKeys {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9-]{1,32}):([0-9A-Fa-f]{64}):([a-z+]+)");

    private ConfiguredKeys() {}

    /** By their ids; fails with {@link IllegalStateException}, which does not repeat what it read. */
    static Map<String, ApiKey> parse(List<String> settings) {
        Map<String, ApiKey> keys = new LinkedHashMap<>();
        for (String setting : settings) {
            ApiKey key = key(setting.strip());
            if (keys.put(key.id(), key) != null) {
                throw new IllegalStateException("tandem.api.keys names two keys '" + key.id() + "'");
            }
        }
        return keys;
    }

    private static ApiKey key(String setting) {
        Matcher form = FORM.matcher(setting);
        if (!form.matches()) {
            throw new IllegalStateException("tandem.api.keys is a list of id:sha256:scope+scope");
        }
        String id = form.group(1);
        return new ApiKey(
                id, id, scopes(form.group(3)), null, null, form.group(2).toLowerCase(Locale.ROOT));
    }

    private static Set<Scope> scopes(String names) {
        try {
            return Arrays.stream(names.split("\\+")).map(Scope::of).collect(Collectors.toUnmodifiableSet());
        } catch (TandemException unknown) {
            throw new IllegalStateException("tandem.api.keys: " + unknown.getMessage());
        }
    }
}
