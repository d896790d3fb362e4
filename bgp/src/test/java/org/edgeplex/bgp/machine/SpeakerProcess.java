package org.edgeplex.bgp.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A [SpeakerProgram] that runs in a namespace.
final class SpeakerProcess implements AutoCloseable {
    private static final long EXIT_SECONDS = 10;

    private final Process process;
    private final PrintWriter commands;
    private final List<String> heard = new ArrayList<>();

    SpeakerProcess(Wire wire, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", wire.ours()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
        command.add(SpeakerProgram.class.getName());
        command.addAll(List.of(arguments));
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        commands = new PrintWriter(process.outputWriter(), true);
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null) {
                synchronized (heard) {
                    heard.add(line);
                }
                line = lines.readLine();
            }
        } catch (IOException error) {
            synchronized (heard) {
                heard.add("ended: " + error.getMessage());
            }
        }
    }

    void say(String command) {
        commands.println(command);
    }

    private String transcript() {
        synchronized (heard) {
            return String.join("\n", heard);
        }
    }

    /// Waits for a line with the text, and forgets all lines up to it.
    String await(String text) {
        Commands.await("\"" + text + "\"", this::transcript, all -> all.contains(text));
        synchronized (heard) {
            int found = 0;
            while (!heard.get(found).contains(text)) {
                found++;
            }
            String line = heard.get(found);
            heard.subList(0, found + 1).clear();
            return line;
        }
    }

    @Override
    public void close() {
        commands.close();
        process.onExit().completeOnTimeout(process, EXIT_SECONDS, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
