package org.edgeplex.controller.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.edgeplex.controller.intent.AccessId;
import org.edgeplex.controller.intent.IntentStore;
import org.edgeplex.controller.intent.VpnService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A controller may die at any line: before or after anything it does to store, hosts and switch.
/// Its successor brings the world to the same end.
class CrashTest {
    private static final int TICKS = 80;

    @ParameterizedTest(name = "crash before: {0}")
    @ValueSource(booleans = {true, false})
    void everyCrashEndsWhereNoCrashDoes(boolean before) {
        Crasher none = Crasher.never();
        String expected = story(none);
        assertTrue(none.actions() > 50, "the story is not worth telling");
        for (int at = 1; at <= none.actions(); at++) {
            Crasher crasher = new Crasher(at, before);
            assertEquals(expected, story(crasher), "crash at action " + at);
            assertTrue(crasher.hasCrashed());
        }
    }

    /// Two accesses are provided, a program dies, one access goes; then a second VPN comes.
    private static String story(Crasher crasher) {
        World world = new World();
        World.@Nullable Life life = null;
        for (int tick = 0; tick < TICKS; tick++) {
            try {
                if (life == null) {
                    life = world.new Life(crasher.hasCrashed() ? Crasher.never() : crasher);
                }
                call(life.intents, tick);
                if (tick == 20) {
                    world.machineOf("pvm-1/control").crash("pvm-1/control");
                }
                world.tick(life);
            } catch (Crasher.Crash e) {
                life = null;
            }
        }
        return world.dump();
    }

    /// The caller repeats what was not answered.
    private static void call(IntentStore intents, int tick) {
        IntentSnapshotView seen = new IntentSnapshotView(intents);
        if (tick >= 1 && !seen.service("red")) {
            intents.create(new VpnService("red", "Red Ltd"));
        }
        if (tick >= 1 && !seen.node()) {
            intents.create("red", World.redNode());
        }
        for (int n = 1; n <= 2; n++) {
            if (tick >= 1 && tick < 30 && !seen.access(n)) {
                intents.create(World.RED_PE1, World.access(n));
            }
        }
        if (tick == 30 || tick == 31) {
            if (seen.access(2)) {
                intents.withdraw(new AccessId(World.RED_PE1, "red-2"));
            }
        }
        if (tick >= 50 && !seen.access(3)) {
            intents.create(World.RED_PE1, World.access(3));
        }
    }

    private record IntentSnapshotView(IntentStore intents) {
        boolean service(String id) {
            return intents.snapshot().services().containsKey(id);
        }

        boolean node() {
            return intents.snapshot().nodes().containsKey(World.RED_PE1);
        }

        boolean access(int n) {
            return intents.snapshot()
                    .accesses()
                    .containsKey(new AccessId(World.RED_PE1, "red-" + n));
        }
    }
}
