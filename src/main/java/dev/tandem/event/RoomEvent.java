package dev.tandem.event;

import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;

/** Something that happened in a room. */
public sealed interface RoomEvent {

    /** What clients know it by. */
    String name();

    /** The object that clients get, as it was written to Redis; it is passed on as it is. */
    String json();

    /** A message took number {@code seq} in the room's past {@code epoch}. */
    record Posted(String epoch, long seq, String json) implements RoomEvent {
        private static final String AUTHOR = "\"author\":{\"id\":\"";

        @Override
        public String name() {
            return "message";
        }

        /** What nobody can change of it, by which it is known again: all of its JSON up to its author's id. */
        String identity() {
            int author = json.indexOf(AUTHOR);
            return author < 0 ? json : json.substring(0, json.indexOf('"', author + AUTHOR.length()) + 1);
        }
    }

    /** Who is here has changed; the object ends with how many they are then. */
    sealed interface Presence extends RoomEvent {
        /** How often that has happened in the room, with this: by it, it is known whether an answer from Redis has counted this already. */
        long version();

        UserId user();

        /** How many users are here now. */
        default long members() {
            String json = json();
            return Long.parseLong(json, json.lastIndexOf(':') + 1, json.length() - 1, 10);
        }
    }

    /** A user who was not here is here now. Told to the others. */
    record Joined(long version, UserId user, String json) implements Presence {
        @Override
        public String name() {
            return "joined";
        }
    }

    /** A user's last connection left the room. */
    record Left(long version, UserId user, String json) implements Presence {
        @Override
        public String name() {
            return "left";
        }
    }

    /** A user is typing, or not any more. Told to the others, of those who are here at that moment. */
    record Typing(UserId user, String json) implements RoomEvent {
        /** The letter in the form of {@link RoomEventCodec}. */
        static final char LETTER = 'y';

        /** What the script publishes. */
        public String payload() {
            return LETTER + user.value() + "|" + json;
        }

        @Override
        public String name() {
            return "typing";
        }
    }

    /** A user is put out: every node takes that user's connections out of the room. */
    record PutOut(UserId user, Why why, String json) implements RoomEvent {

        /** The name for clients, and the letter in the form of {@link RoomEventCodec}. */
        public enum Why {
            KICKED("kicked", 'k'),
            BANNED("banned", 'b');

            private final String wireName;
            private final char letter;

            Why(String wireName, char letter) {
                this.wireName = wireName;
                this.letter = letter;
            }

            /** What the scripts write in front of the JSON. */
            public String head(UserId user) {
                return letter + user.value() + "|";
            }

            char letter() {
                return letter;
            }
        }

        /** Of one who is found to be out, by a node that did not hear of it. */
        public static PutOut found(Why why, RoomId room, UserId user) {
            String json = "{\"room\":\"%s\",\"user\":{\"id\":\"%s\"}}".formatted(room, user);
            return new PutOut(user, why, json);
        }

        @Override
        public String name() {
            return why.wireName;
        }
    }

    /** The room is gone. */
    record Deleted(String json) implements RoomEvent {
        @Override
        public String name() {
            return "deleted";
        }
    }

    /** Something that members are told, and that changes nothing here. */
    record Told(Kind kind, String json) implements RoomEvent {

        /** The name for clients, and the letter in the form of {@link RoomEventCodec}. */
        public enum Kind {
            /** The room's settings are other ones. */
            UPDATED("updated", 'u'),
            /** A user's role is another one. */
            ROLE("role", 'r'),
            /** A user may not say anything, for some time or until told otherwise. */
            MUTED("muted", 'q'),
            /** A user may say something again. */
            UNMUTED("unmuted", 'p'),
            /** A user's status is another one. */
            STATUS("status", 's'),
            /** A user may come in again. */
            UNBANNED("unbanned", 'n'),
            /** A message says something else now. */
            EDITED("edited", 'e'),
            /** A message is taken away; its number stays. */
            REMOVED("removed", 'v'),
            /** Somebody reacted to a message, or does not any more. */
            REACTED("reacted", 'a'),
            /** Something that an application made up. */
            EVENT("event", 'x');

            private final String wireName;
            private final char letter;

            Kind(String wireName, char letter) {
                this.wireName = wireName;
                this.letter = letter;
            }

            /** What the scripts write in front of the JSON. */
            public String head() {
                return letter + "|";
            }

            char letter() {
                return letter;
            }
        }

        @Override
        public String name() {
            return kind.wireName;
        }
    }

    /** How many are here, where they are too many to be told of one by one. Never published: each node tells its own clients. */
    record Counted(String json) implements RoomEvent {

        public static Counted of(RoomId room, long members) {
            return new Counted("{\"room\":\"%s\",\"members\":%d}".formatted(room, members));
        }

        @Override
        public String name() {
            return "members";
        }
    }

    /**
     * The room's past is not what it was, or not all of it can be had any more: the room stands at {@code seq} of {@code epoch},
     * and what members missed before that is lost to them. Never published: each node finds out for itself.
     */
    record Reset(String epoch, long seq, String json) implements RoomEvent {

        public static Reset of(RoomId room, RoomHead head) {
            String json = "{\"room\":\"%s\",\"seq\":%d,\"epoch\":\"%s\",\"recovered\":false}"
                    .formatted(room, head.seq(), head.epoch());
            return new Reset(head.epoch(), head.seq(), json);
        }

        @Override
        public String name() {
            return "reset";
        }
    }
}
