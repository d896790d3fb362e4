package org.edgeplex.state;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// What a person is told when a file cannot be used: often an exception's message is the path
/// alone, and its type says why.
public final class FileFailure {
    private FileFailure() {}

    public static String text(IOException e) {
        return switch (e) {
            case NoSuchFileException none -> none.getFile() + " is not there";
            case AccessDeniedException denied ->
                    denied.getFile() + ": no permission for user " + user();
            case FileAlreadyExistsException there -> there.getFile() + " is in the way";
            case FileSystemException other when other.getReason() != null ->
                    other.getFile() + ": " + other.getReason();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    private static String user() {
        return System.getProperty("user.name", "?");
    }
}
