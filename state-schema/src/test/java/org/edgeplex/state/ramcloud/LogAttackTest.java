package org.edgeplex.state.ramcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs that write, fence each other, stand still and die, on a network that loses, repeats and
/// delays, in virtual time. `-Dedgeplex.seed=N` runs one seed alone.
class LogAttackTest {
    private static final int SEEDS = 60;

    @ParameterizedTest(name = "trouble {0}, logs of {1} slots")
    @CsvSource({"0.0, 64", "0.02, 8", "0.1, 64", "0.3, 16"})
    void noSeedBreaksAPromise(double trouble, int slots) {
        long only = Long.getLong("edgeplex.seed", -1);
        int confirmed = 0;
        int fences = 0;
        int retirements = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            if (only < 0 || only == seed) {
                Attack attack = new Attack(seed, trouble, slots);
                attack.run();
                assertTrue(
                        attack.violations().isEmpty(),
                        "seed " + seed + ": " + String.join("\n", attack.violations()));
                confirmed += attack.confirmed();
                fences += attack.fences();
                retirements += attack.retirements();
            }
        }
        // Or it was no attack.
        assertTrue(only >= 0 || confirmed > 5 * SEEDS, "confirmed only " + confirmed);
        assertTrue(only >= 0 || fences > 3 * SEEDS, "only " + fences + " fences");
        assertTrue(only >= 0 || retirements > SEEDS, "only " + retirements + " retirements");
    }

    @Test
    void theSameSeedIsTheSameHistory() {
        Attack one = new Attack(7, 0.1, 16);
        Attack other = new Attack(7, 0.1, 16);
        one.run();
        other.run();
        assertEquals(one.confirmed(), other.confirmed());
        assertEquals(one.endNanos(), other.endNanos());
    }
}
