package org.edgeplex.controller.compute.netns;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A program that writes down how it was started and does nothing until it is ended.
final class Idler {
    private Idler() {}

    public static void main(String[] arguments) throws Exception {
        Path log = Path.of(System.getProperty("idler.directory"));
        String devices = Files.readString(Path.of("/proc/self/net/dev"));
        Files.write(
                log.resolve("started-" + ProcessHandle.current().pid()),
                List.of(String.join(" ", arguments), devices));
        new CountDownLatch(1).await();
    }
}
