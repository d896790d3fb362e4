package org.edgeplex.dataplane.io.linux;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class KernelThreadTest {
    @Test
    void whoAsksIsNotAsleep() {
        assertFalse(KernelThread.current().isAsleep());
    }

    @Test
    void seesThatAnotherThreadWaitsAndThatItHasEnded() throws Exception {
        CompletableFuture<KernelThread> other = new CompletableFuture<>();
        CountDownLatch end = new CountDownLatch(1);
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            other.complete(KernelThread.current());
                            await(end);
                        });
        while (!other.get().isAsleep()) {
            Thread.onSpinWait();
        }
        end.countDown();
        thread.join();
        assertFalse(other.get().isAsleep());
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
