package org.edgeplex.state.client;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StoreException;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final StoreException silence = new StoreException("no answer");

    private long nowNanos = -5;
    private final Patience patience = new Patience(Duration.ofNanos(100), () -> nowNanos);

    private boolean failsAt(long at) {
        nowNanos = at;
        return !patience.attempt(() -> {
            throw silence;
        });
    }

    @Test
    void aStoreThatIsSilentForAWhileIsEndured() {
        assertTrue(failsAt(0));
        assertTrue(failsAt(100));
    }

    @Test
    void aStoreThatIsSilentForTooLongIsNot() {
        assertTrue(failsAt(0));
        nowNanos = 101;
        assertSame(
                silence,
                assertThrows(
                        StoreException.class,
                        () ->
                                patience.attempt(() -> {
                                    throw silence;
                                })));
    }

    @Test
    void whatTheAttemptItselfTakesCounts() {
        assertThrows(
                StoreException.class,
                () ->
                        patience.attempt(() -> {
                            nowNanos += 101;
                            throw silence;
                        }));
    }

    @Test
    void anAnswerBeginsThePatienceAnew() {
        assertTrue(failsAt(0));
        nowNanos = 90;
        assertTrue(patience.attempt(() -> {}));
        assertTrue(failsAt(150));
        assertTrue(failsAt(250));
    }

    @Test
    void whoIsFencedIsToldAtOnce() {
        FencedException fenced = new FencedException(new Incarnation("h", 1), 2);
        assertSame(
                fenced,
                assertThrows(
                        FencedException.class,
                        () ->
                                patience.attempt(() -> {
                                    throw fenced;
                                })));
    }
}
