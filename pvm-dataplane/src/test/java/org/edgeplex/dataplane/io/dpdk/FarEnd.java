package org.edgeplex.dataplane.io.dpdk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.edgeplex.dataplane.io.linux.TestProgram;

/// The other end of a wire between two processes: a JVM of its own with a port of DPDK, which sends
/// the frames that it is told in lines of hexadecimal, and tells those that arrive.
final class FarEnd implements AutoCloseable {
    private static final String READY = "ready";
    private static final int END_SECONDS_MAX = 10;

    private final Process process;
    private final PrintStream commands;
    private final Queue<byte[]> arrived = new ConcurrentLinkedQueue<>();

    private FarEnd(Process process) {
        this.process = process;
        commands = new PrintStream(process.getOutputStream(), true, US_ASCII);
    }

    /// Returns when the process has opened its port.
    static FarEnd open(String port) {
        List<String> command = TestProgram.command(FarEnd.class, port);
        try {
            FarEnd far =
                    new FarEnd(
                            new ProcessBuilder(command)
                                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                                    .start());
            BufferedReader lines = far.process.inputReader(US_ASCII);
            String line = lines.readLine();
            while (line != null && !line.equals(READY)) {
                line = lines.readLine();
            }
            if (line == null) {
                throw new AssertionError("the far end did not open " + port);
            }
            Thread.ofVirtual().start(() -> far.read(lines));
            return far;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(BufferedReader lines) {
        lines.lines()
                .filter(line -> line.matches("([0-9a-f]{2})+"))
                .forEach(line -> arrived.add(HexFormat.of().parseHex(line)));
    }

    void send(List<byte[]> frames) {
        for (byte[] frame : frames) {
            commands.println(HexFormat.of().formatHex(frame));
        }
    }

    List<byte[]> takeArrived() {
        List<byte[]> taken = new ArrayList<>();
        for (byte[] frame = arrived.poll(); frame != null; frame = arrived.poll()) {
            taken.add(frame);
        }
        return taken;
    }

    /// It ends with its input.
    @Override
    public void close() {
        commands.close();
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Queue<byte[]> toSend = new ConcurrentLinkedQueue<>();
        Thread thread =
                Thread.ofPlatform()
                        .name("far-end")
                        .daemon()
                        .start(() -> exchange(arguments[0], toSend, System.out));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, US_ASCII))) {
            lines.lines().forEach(line -> toSend.add(HexFormat.of().parseHex(line)));
        }
        thread.interrupt();
        thread.join();
    }

    private static void exchange(String text, Queue<byte[]> toSend, PrintStream out) {
        PortSpec spec = PortSpec.parse(text);
        Eal.start(new Eal.Options(32, Eal.ANY_CPU, List.of(spec)));
        try (FrameSocket socket = FrameSocket.open(spec)) {
            out.println(READY);
            while (!Thread.currentThread().isInterrupted()) {
                byte[] frame = toSend.poll();
                if (frame != null) {
                    socket.send(List.of(frame));
                }
                socket.receive().forEach(f -> out.println(HexFormat.of().formatHex(f)));
                Thread.onSpinWait();
            }
        }
    }
}
