package org.edgeplex.state.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.edgeplex.state.FileFailure;
import org.edgeplex.state.StoreException;

/// Whom a TLS connection trusts.
final class Trust {
    private Trust() {}

    /// Fails with [StoreException] when the file of certificates is of no use.
    static SSLSocketFactory factory(Tls tls) throws IOException, GeneralSecurityException {
        SSLContext context =
                switch (tls) {
                    case Tls.Off() -> throw new IllegalStateException("no TLS was asked for");
                    case Tls.SystemTrust() -> SSLContext.getDefault();
                    case Tls.CaFile(Path file) -> trusting(file);
                };
        return context.getSocketFactory();
    }

    private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int count = 0;
        for (Certificate each : certificates(file)) {
            trusted.setCertificateEntry("ca" + count++, each);
        }
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static Collection<? extends Certificate> certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new StoreException("caFile: " + file + " is empty");
            }
            return found;
        } catch (IOException e) {
            throw new StoreException("caFile: " + FileFailure.text(e), e);
        } catch (CertificateException e) {
            throw new StoreException("caFile: " + file + " holds no X.509 certificate in PEM", e);
        }
    }
}
