package org.edgeplex.state.history;

import static org.edgeplex.state.history.Told.NEVER;
import static org.edgeplex.state.history.Told.life;
import static org.edgeplex.state.history.Told.unknown;
import static org.edgeplex.state.history.Told.version;
import static org.edgeplex.state.history.Told.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.edgeplex.state.Expect;
import org.edgeplex.state.WriteOutcome;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {
    private final Told told = new Told();

    @Test
    void anEmptyHistoryIsLinearizable() {
        holds();
    }

    @Test
    void readsSeeWhatWasWrittenBefore() {
        told.absent(0, 1).put(1, 2, "a", written(7)).found(2, 3, "a", 7);
        holds();
    }

    @Test
    void readsBesideAWriteMaySeeEither() {
        told.put(0, 1, "a", written(7)).put(2, 9, "b", written(8));
        told.found(3, 4, "a", 7).found(5, 6, "b", 8);
        holds();
    }

    @Test
    void butNotTheOldAfterTheNew() {
        told.put(0, 1, "a", written(7)).put(2, 9, "b", written(8));
        told.found(3, 4, "b", 8).found(5, 6, "a", 7);
        isViolated();
    }

    @Test
    void aStaleReadIsFound() {
        told.put(0, 1, "a", written(7)).put(2, 3, "b", written(8)).found(4, 5, "a", 7);
        isViolated();
    }

    @Test
    void aLostUpdateIsFound() {
        told.put(0, 1, "a", written(7));
        told.put(2, 5, "b", version(7), written(8)).put(3, 6, "c", version(7), written(9));
        isViolated();
    }

    @Test
    void ofTwoConditionalWritesOneMayWin() {
        told.put(0, 1, "a", written(7));
        told.put(2, 5, "b", version(7), written(8));
        told.put(3, 6, "c", version(7), new WriteOutcome.Conflict(8)).found(7, 8, "b", 8);
        holds();
    }

    @Test
    void anAcknowledgedWriteThatVanishedIsFound() {
        told.put(0, 1, "a", written(7)).absent(2, 3);
        isViolated();
    }

    @Test
    void aRemovalOfWhatIsNotThereIsNoConflict() {
        told.remove(0, 1, Expect.ANY, written(0)).absent(2, 3);
        holds();
    }

    @Test
    void aConflictMustTellTheVersionThatWasThere() {
        told.put(0, 1, "a", written(7)).put(2, 3, "b", Expect.ABSENT, new WriteOutcome.Conflict(6));
        isViolated();
    }

    @Test
    void aConflictWithoutReasonIsFound() {
        told.put(0, 1, "a", written(7)).put(2, 3, "b", version(7), new WriteOutcome.Conflict(7));
        isViolated();
    }

    @Test
    void noVersionIsGivenTwice() {
        told.put(0, 1, "a", written(7)).put(2, 3, "a", written(7));
        isViolated();
    }

    @Test
    void anUnknownWriteMayTakeEffectLate() {
        told.put(0, 1, "a", written(7)).put(2, NEVER, "b", unknown());
        told.found(3, 4, "a", 7).found(5, 6, "a", 7).found(7, 8, "b", 9);
        holds();
    }

    @Test
    void anUnknownWriteMayNeverTakeEffect() {
        told.put(0, 1, "a", written(7)).put(2, NEVER, "b", unknown()).found(9, 10, "a", 7);
        holds();
    }

    @Test
    void anUnknownWriteTakesEffectOnce() {
        told.put(0, NEVER, "b", unknown()).found(1, 2, "b", 9);
        told.put(3, 4, "a", version(9), written(10)).found(5, 6, "b", 11);
        isViolated();
    }

    @Test
    void anUnknownWriteHasOneVersion() {
        told.put(0, NEVER, "b", unknown()).found(1, 2, "b", 9).found(3, 4, "b", 10);
        isViolated();
    }

    @Test
    void anUnknownConditionalWriteNeedsItsCondition() {
        told.put(0, 1, "a", written(7)).put(2, 3, "b", written(8));
        told.put(4, NEVER, "c", version(7), unknown()).found(5, 6, "c", 9);
        isViolated();
    }

    @Test
    void aFencedWriteThatWasAppliedIsFound() {
        told.put(0, 1, "a", written(7));
        told.put(2, 3, "b", Expect.ANY, life(1), new WriteOutcome.Fenced(2)).found(4, 5, "b", 8);
        isViolated();
    }

    @Test
    void aZombiesWriteAfterItsFencingIsFoundByTheReadsAroundIt() {
        told.claim(0, 1, 1).put(2, 3, "a", Expect.ANY, life(1), written(7));
        told.put(4, NEVER, "b", Expect.ANY, life(1), unknown()).claim(5, 6, 2);
        told.found(7, 8, "a", 7).found(9, 10, "b", 8);
        isViolated();
    }

    @Test
    void aZombiesWriteBeforeTheClaimReturnedIsAllowed() {
        told.claim(0, 1, 1).put(2, 3, "a", Expect.ANY, life(1), written(7));
        told.put(4, NEVER, "b", Expect.ANY, life(1), unknown()).claim(5, 6, 2);
        told.found(7, 8, "b", 8);
        holds();
    }

    @Test
    void aWriteOfAFencedLifeThatBeganAfterTheClaimIsFound() {
        told.claim(0, 1, 1).claim(2, 3, 2);
        told.put(4, 5, "a", Expect.ANY, life(1), written(7));
        isViolated();
    }

    @Test
    void aSuccessorsConditionIsNotBrokenByAnUnknownOfTheFenced() {
        told.claim(0, 1, 1).put(2, NEVER, "b", Expect.ANY, life(1), unknown()).claim(3, 4, 2);
        told.absent(5, 6).put(7, 8, "c", Expect.ABSENT, life(2), new WriteOutcome.Conflict(9));
        isViolated();
    }

    @Test
    void countersAddUp() {
        told.sum(0, 5, 2, OptionalLong.of(5)).sum(1, 6, 3, OptionalLong.of(3)).counted(7, 8, 5, 9);
        holds();
    }

    @Test
    void anAdditionThatWasLostIsFound() {
        told.sum(0, 1, 2, OptionalLong.of(2)).sum(2, 3, 3, OptionalLong.of(3));
        isViolated();
    }

    @Test
    void anUnknownAdditionMayShowInALaterSum() {
        told.sum(0, NEVER, 2, OptionalLong.empty()).sum(1, 2, 3, OptionalLong.of(3));
        told.sum(3, 4, 1, OptionalLong.of(6));
        holds();
    }

    @Test
    void theExplanationIsTheShortestBeginningWithoutReadsThatItDoesNotNeed() {
        told.absent(0, 1).put(1, 2, "a", written(7)).found(2, 3, "a", 7).put(4, 5, "b", written(8));
        told.found(5, 6, "a", 7).found(7, 8, "b", 8).put(9, 10, "c", written(10));
        Verdict.Violation violation = isViolated();
        assertEquals(3, violation.operations().size());
        assertEquals(2, violation.explained().size());
        assertEquals(
                List.of(violation.operations().getLast()), violation.refused(), "the stale read");
        assertTrue(violation.toString().contains("none of these can follow"), violation.toString());
    }

    @Test
    void whatCannotBeDecidedInTimeIsSaidToBeUndecided() {
        for (int i = 0; i < 24; i++) {
            told.put(i, NEVER, "v" + i, unknown());
        }
        told.found(100, 101, "never written", 5);
        Verdict verdict = Linearizability.check(told.operations(), 1_000);
        assertInstanceOf(Verdict.Undecided.class, verdict);
    }

    private void holds() {
        assertEquals(new Verdict.Linearizable(), told.verdict());
    }

    private Verdict.Violation isViolated() {
        return assertInstanceOf(Verdict.Violation.class, told.verdict());
    }
}
