package dev.tandem.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomEvent.PutOut;
import dev.tandem.event.RoomEvent.PutOut.Why;
import dev.tandem.event.RoomEvent.Told;
import dev.tandem.event.RoomKeys;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Order in rooms: roles, kicks, bans, mutes, invitations. What is done is told to the room's members, on every node. From any thread;
 * every method fails with {@code room_not_found}, {@code unauthenticated}, {@code forbidden}, and {@code redis_unavailable} where Redis
 * cannot be asked.
 */
@Singleton
public class Moderation {
    private static final int MOST_REASON = 500;
    private static final int LONGEST_SECONDS = 315_360_000;
    private static final int MOST_USES = 1_000_000;

    private final ModerationRepository repository;
    private final RoomIndex index;
    private final Guard guard;

    Moderation(ModerationRepository repository, RoomIndex index, Guard guard) {
        this.repository = repository;
        this.index = index;
        this.guard = guard;
    }

    /** Puts the user's connections out, wherever they are; completes with how many there are. They may come again. */
    public Uni<Long> kick(Actor actor, RoomId room, UserId user, Optional<String> reason) {
        ObjectNode json = about(room, user, actor);
        requireReason(reason).ifPresent(why -> json.put("reason", why));
        String event = Why.KICKED.head(user) + json;
        return guard.write(
                        room,
                        actor,
                        Optional.of(user),
                        standings -> standings.require(Deed.KICK),
                        standings -> repository.kick(room, standings, user, event))
                .map(Response::toLong);
    }

    /** Puts the user out and keeps them out, for so many seconds or until that is lifted. Fails with {@code limit_reached} too. */
    public Uni<Restriction> ban(
            Actor actor, RoomId room, UserId user, Optional<Long> seconds, Optional<String> reason) {
        Restriction ban = restriction(actor, user, seconds, reason);
        String event = Why.BANNED.head(user) + json(room, ban, actor);
        return restrict(actor, room, RoomKeys.bans(room), Deed.BAN, user, ban.stored(), event)
                .replaceWith(ban);
    }

    /** Harmless if the user is not banned. */
    public Uni<Void> unban(Actor actor, RoomId room, UserId user) {
        String event = Told.Kind.UNBANNED.head() + about(room, user, actor);
        return restrict(actor, room, RoomKeys.bans(room), Deed.BAN, user, "", event);
    }

    /** The user may not say anything, for so many seconds or until that is lifted. Fails with {@code limit_reached} too. */
    public Uni<Restriction> mute(
            Actor actor, RoomId room, UserId user, Optional<Long> seconds, Optional<String> reason) {
        Restriction mute = restriction(actor, user, seconds, reason);
        String event = Told.Kind.MUTED.head() + json(room, mute, actor);
        return restrict(actor, room, RoomKeys.mutes(room), Deed.MUTE, user, mute.stored(), event)
                .replaceWith(mute);
    }

    /** Harmless if the user is not muted. */
    public Uni<Void> unmute(Actor actor, RoomId room, UserId user) {
        String event = Told.Kind.UNMUTED.head() + about(room, user, actor);
        return restrict(actor, room, RoomKeys.mutes(room), Deed.MUTE, user, "", event);
    }

    /**
     * Gives the user a role, or takes it with {@link RoomRole#NONE}. When the owner is to be something else, the room goes to the
     * moderator who is that for longest, else to the member who is present for longest, else to nobody. Fails with {@code
     * limit_reached} too.
     */
    public Uni<Void> give(Actor actor, RoomId room, UserId user, RoomRole role) {
        boolean toSelf = actor.user().map(self -> self.id().equals(user)).orElse(false);
        return guard.write(
                        room,
                        actor,
                        Optional.of(user),
                        known -> known.require(Rights.mayGive(known.actor(), role, known.target(), toSelf)),
                        known -> repository.giveRole(room, known, user, role, By.of(actor)))
                .chain(reply -> noteOwner(room, reply));
    }

    /** A user is gone for good: what they own goes to others, as {@link #give} says. Completes with how many rooms that were. */
    public Uni<Integer> release(UserId owner) {
        return index.ownedBy(owner)
                .onItem()
                .transformToMulti(rooms -> Multi.createFrom().iterable(rooms))
                .onItem()
                .transformToUniAndConcatenate(room -> release(room, owner))
                .collect()
                .asList()
                .map(List::size);
    }

    /** Makes an invitation, which lets so many users in, for so many seconds. Fails with {@code limit_reached} too. */
    public Uni<Invitation> invite(Actor actor, RoomId room, Optional<Long> uses, Optional<Long> seconds) {
        Instant until = until(seconds, "expires");
        Integer most = uses.map(Moderation::requireUses).orElse(null);
        String token = Invitation.newToken();
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        if (most != null) {
            entry.put("uses", most);
        }
        if (until != null) {
            entry.put("until", until.toEpochMilli());
        }
        actor.user().ifPresent(user -> entry.put("by", user.id().value()));
        return invitations(actor, room, Invitation.hash(token), entry.toString())
                .replaceWith(new Invitation(room, token, most, until));
    }

    /** None of the room's invitations is valid any more. */
    public Uni<Void> revokeInvitations(Actor actor, RoomId room) {
        return invitations(actor, room, "", "");
    }

    /** The owner first, then the others in the order of their ids; for those who belong to the room, else fails with {@code not_a_member}. */
    public Uni<List<RoleHolder>> roles(Actor actor, RoomId room) {
        return Uni.combine()
                .all()
                .unis(guard.viewer(room, actor), repository.all(RoomKeys.roles(room)))
                .with(Moderation::roles);
    }

    /** Bans that are in force; for moderators. */
    public Uni<List<Restriction>> bans(Actor actor, RoomId room) {
        return restrictions(actor, room, RoomKeys.bans(room));
    }

    /** Who is not in the room any more, whatever a node believes: banned, or kicked and not come in again; for who may not have heard. */
    public Uni<List<PutOut>> putOut(RoomId room) {
        Uni<List<UserId>> banned = repository
                .all(RoomKeys.bans(room))
                .map(stored -> inForce(stored).stream().map(Restriction::user).toList());
        return Uni.combine()
                .all()
                .unis(banned, repository.kicked(room))
                .with((bans, kicks) -> Stream.concat(
                                bans.stream().map(user -> PutOut.found(Why.BANNED, room, user)),
                                kicks.stream()
                                        .filter(user -> !bans.contains(user))
                                        .map(user -> PutOut.found(Why.KICKED, room, user)))
                        .toList());
    }

    /** Whether that user, who was in the room, was put out meanwhile. */
    public Uni<Boolean> isPutOut(RoomId room, UserId user) {
        Uni<Boolean> banned = repository
                .of(RoomKeys.bans(room), user)
                .map(entry ->
                        entry != null && Restriction.of(user.value(), entry).isInForce(Instant.now()));
        return Uni.combine()
                .all()
                .unis(banned, repository.isKicked(room, user))
                .with((isBanned, isKicked) -> isBanned || isKicked);
    }

    /** Mutes that are in force; for moderators. */
    public Uni<List<Restriction>> mutes(Actor actor, RoomId room) {
        return restrictions(actor, room, RoomKeys.mutes(room));
    }

    private static List<RoleHolder> roles(Guard.Viewer viewer, Map<String, String> stored) {
        if (!viewer.seesInside()) {
            throw Refusals.of(ErrorCode.NOT_A_MEMBER);
        }
        List<RoleHolder> holders = new ArrayList<>();
        if (viewer.owner() != null) {
            holders.add(new RoleHolder(new UserId(viewer.owner()), RoomRole.OWNER, null));
        }
        stored.forEach((user, role) -> holders.add(RoleHolder.of(user, role)));
        return holders;
    }

    private Uni<List<Restriction>> restrictions(Actor actor, RoomId room, String key) {
        return guard.standings(room, actor, Optional.empty())
                .invoke(standings -> standings.require(Deed.SEE_RESTRICTIONS))
                .chain(() -> repository.all(key))
                .map(Moderation::inForce);
    }

    private static List<Restriction> inForce(Map<String, String> stored) {
        Instant now = Instant.now();
        return stored.entrySet().stream()
                .map(entry -> Restriction.of(entry.getKey(), entry.getValue()))
                .filter(restriction -> restriction.isInForce(now))
                .toList();
    }

    private Uni<Void> restrict(
            Actor actor, RoomId room, String key, Deed deed, UserId user, String entry, String event) {
        return guard.write(
                        room,
                        actor,
                        Optional.of(user),
                        standings -> standings.require(deed),
                        standings -> repository.restrict(room, standings, key, user, entry, event))
                .replaceWithVoid();
    }

    private Uni<Void> invitations(Actor actor, RoomId room, String hash, String entry) {
        return guard.write(
                        room,
                        actor,
                        Optional.empty(),
                        standings -> standings.require(Deed.INVITE),
                        standings -> repository.invite(room, standings, hash, entry))
                .replaceWithVoid();
    }

    private Uni<RoomId> release(RoomId room, UserId owner) {
        return repository
                .release(room, owner)
                .chain(reply -> reply == null ? Uni.createFrom().voidItem() : noteOwner(room, reply))
                .chain(() -> index.owned(owner.value(), room, false))
                .replaceWith(room);
    }

    /** From what {@code give-role} answers: the owner, and the owner before. */
    private Uni<Void> noteOwner(RoomId room, Response reply) {
        String now = reply.get(0).toString();
        String before = reply.get(1).toString();
        return now.equals(before)
                ? Uni.createFrom().voidItem()
                : index.owned(before, room, false).chain(() -> index.owned(now, room, true));
    }

    private static Restriction restriction(Actor actor, UserId user, Optional<Long> seconds, Optional<String> reason) {
        return new Restriction(
                user,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                until(seconds, "for"),
                actor.user().map(self -> self.id()).orElse(null),
                requireReason(reason).orElse(null));
    }

    private static ObjectNode json(RoomId room, Restriction restriction, Actor actor) {
        ObjectNode json = about(room, restriction.user(), actor);
        if (restriction.until() != null) {
            json.put("until", restriction.until().toString());
        }
        if (restriction.reason() != null) {
            json.put("reason", restriction.reason());
        }
        return json;
    }

    private static ObjectNode about(RoomId room, UserId user, Actor actor) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("room", room.value());
        json.putObject("user").put("id", user.value());
        actor.user()
                .ifPresent(self ->
                        json.putObject("by").put("id", self.id().value()).put("name", self.name()));
        return json;
    }

    private static Instant until(Optional<Long> seconds, String field) {
        if (seconds.isEmpty()) {
            return null;
        }
        require(
                seconds.get() >= 1 && seconds.get() <= LONGEST_SECONDS,
                field,
                "a number of seconds from 1 to " + LONGEST_SECONDS);
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofSeconds(seconds.get()));
    }

    private static int requireUses(long uses) {
        require(uses >= 1 && uses <= MOST_USES, "uses", "a whole number from 1 to " + MOST_USES);
        return (int) uses;
    }

    private static Optional<String> requireReason(Optional<String> reason) {
        reason.ifPresent(why -> require(
                why.codePointCount(0, why.length()) <= MOST_REASON,
                "reason",
                "at most " + MOST_REASON + " characters"));
        return reason;
    }

    private static void require(boolean rule, String field, String said) {
        if (!rule) {
            throw new TandemException(ErrorCode.INVALID_FIELD, "'%s' must be %s.".formatted(field, said), field);
        }
    }
}
