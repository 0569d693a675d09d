package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Verifies that a set whose elements know their places is one, whatever is added and removed. */
class PlacedSetTest {

    private static final class Thing implements PlacedSet.Element {
        private int place;

        @Override
        public int place() {
            return place;
        }

        @Override
        public void place(int now) {
            place = now;
        }
    }

    @Property
    void isASet(@ForAll @Size(max = 60) List<@IntRange(max = 7) Integer> touched) {
        List<Thing> things = Stream.generate(Thing::new).limit(8).toList();
        PlacedSet<Thing> set = new PlacedSet<>();
        Set<Thing> model = new HashSet<>();
        for (int i : touched) {
            Thing thing = things.get(i);
            boolean there = model.remove(thing);
            assertThat(set.remove(thing)).isEqualTo(there);
            if (!there) {
                set.add(thing);
                model.add(thing);
            }
            assertThat(things).allMatch(each -> set.contains(each) == model.contains(each));
            assertThat(set.stream()).containsExactlyInAnyOrderElementsOf(model);
            assertThat(set.isEmpty()).isEqualTo(model.isEmpty());
        }
    }
}
