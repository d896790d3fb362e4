package org.edgeplex.controller.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every compute host does; one subclass per implementation.
public abstract class ComputeHostContract {
    protected static final ProgramSpec DATAPLANE = ProgramSpec.pvm(7).getFirst();
    protected static final ProgramSpec CONTROL = ProgramSpec.pvm(7).getLast();

    private ComputeHost host;

    /// A view of the one host of the test; a later one sees what an earlier one did.
    protected abstract ComputeHost connect();

    /// Ends the process from outside.
    protected abstract void crash(RunningProgram program);

    @BeforeEach
    void connectHost() {
        host = connect();
    }

    @AfterEach
    void closeHost() {
        for (RunningProgram program : host.programs()) {
            done(host.kill(program));
        }
        done(host.release("pvm-7"));
        host.close();
    }

    protected ComputeHost host() {
        return host;
    }

    @Test
    void whatWasStartedIsListedUnderItsName() {
        RunningProgram started = done(host.start(DATAPLANE));
        assertEquals("pvm-7/dataplane", started.holder());
        assertEquals(List.of(started), host.programs());
    }

    @Test
    void startingAgainFindsTheSame() {
        assertEquals(done(host.start(CONTROL)), done(host.start(CONTROL)));
        assertEquals(1, host.programs().size());
    }

    @Test
    void killingAndStoppingEndIt() {
        RunningProgram dataplane = done(host.start(DATAPLANE));
        RunningProgram control = done(host.start(CONTROL));
        done(host.kill(dataplane));
        assertEquals(List.of(control), host.programs());
        done(host.stop(control));
        assertEquals(List.of(), host.programs());
        done(host.kill(control));
    }

    @Test
    void anotherProcessIsAnotherProgram() {
        RunningProgram first = done(host.start(DATAPLANE));
        done(host.kill(first));
        assertNotEquals(first, done(host.start(DATAPLANE)));
    }

    @Test
    void aLaterViewFindsWhatRuns() {
        RunningProgram started = done(host.start(DATAPLANE));
        host.close();
        host = connect();
        assertEquals(List.of(started), host.programs());
        done(host.kill(started));
        assertEquals(List.of(), host.programs());
    }

    @Test
    void anEndIsToldByTheViewThatStartedItAndByOneThatFoundIt() throws InterruptedException {
        RunningProgram first = done(host.start(DATAPLANE));
        CountDownLatch told = new CountDownLatch(1);
        host.onExit(_ -> told.countDown());
        crash(first);
        assertTrue(told.await(2, TimeUnit.SECONDS));
        assertEquals(List.of(), host.programs());

        RunningProgram second = done(host.start(DATAPLANE));
        host.close();
        host = connect();
        CountDownLatch toldAgain = new CountDownLatch(1);
        host.onExit(_ -> toldAgain.countDown());
        crash(second);
        assertTrue(toldAgain.await(2, TimeUnit.SECONDS));
        assertEquals(List.of(), host.programs());
    }

    @Test
    void whatStillRunsIsNotReleased() {
        RunningProgram started = done(host.start(DATAPLANE));
        assertInstanceOf(ComputeOutcome.Failed.class, host.release("pvm-7"));
        done(host.kill(started));
        done(host.release("pvm-7"));
        done(host.release("pvm-7"));
    }

    protected static <T> T done(ComputeOutcome<T> outcome) {
        return switch (outcome) {
            case ComputeOutcome.Done<T>(T value) -> value;
            case ComputeOutcome.Failed<T>(String reason) -> throw new AssertionError(reason);
        };
    }
}
