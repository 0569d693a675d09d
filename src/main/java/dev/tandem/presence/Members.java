package dev.tandem.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.id.UserId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is in a room: those that were asked for, longest present first, how many there are in all, and what to ask for more with, null if
 * there are no more.
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Members(List<Member> items, long count, String next) {

    /** The users of these connections, at most {@code limit}, after the page that had {@code cursor} as its {@code next}. */
    static Members page(List<Member> connections, int limit, Optional<String> cursor) {
        Map<UserId, Member> byUser = new LinkedHashMap<>();
        connections.forEach(one -> byUser.merge(one.user().id(), one, Members::both));
        List<Member> more = byUser.values().stream()
                .sorted(Comparator.comparing(Members::place))
                .filter(member -> cursor.isEmpty() || place(member).compareTo(cursor.get()) > 0)
                .limit(limit + 1L)
                .toList();
        List<Member> shown = more.subList(0, Math.min(limit, more.size()));
        String next = more.size() > limit ? place(shown.get(limit - 1)) : null;
        return new Members(shown, byUser.size(), next);
    }

    /** In the order of these texts members are listed: by the time, which has as many digits for each, then by their ids. */
    private static String place(Member member) {
        return "%013d-%s".formatted(member.since().toEpochMilli(), member.user().id());
    }

    private static Member both(Member one, Member other) {
        Instant since = one.since().isBefore(other.since()) ? one.since() : other.since();
        return new Member(one.user(), since, one.connections() + other.connections(), one.status(), one.statusText());
    }
}
