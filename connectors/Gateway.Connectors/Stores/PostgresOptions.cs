using System.Net;
using Npgsql;

namespace Gateway.Connectors.Stores;

/// <summary>Which PostgreSQL, and how it is spoken to.</summary>
public sealed record PostgresOptions
{
    /// <value>What a connection string may say; everything else has a setting of its own, or none.</value>
    private static readonly string[] Sayable =
    [
        "Host",
        "Port",
        "Database",
        "Username",
        "Application Name",
        "Target Session Attributes",
        "Kerberos Service Name",
    ];

    /// <value>Npgsql's form, <c>Host=db.internal;Database=gateway;Username=gateway</c>; without a password. A host that begins with a slash
    /// is the folder of a Unix socket. Of several hosts, behind commas, the one is used that can be written.</value>
    public required string ConnectionString { get; init; }

    /// <value>Null where a file has it, or none is asked for.</value>
    public string? Password { get; init; }

    /// <value>Read at each connection, so that it can be replaced; null for none.</value>
    public string? PasswordFile { get; init; }

    /// <value>Null for none. With it the server must show a certificate of its name.</value>
    public PostgresTls? Tls { get; init; }

    /// <value>Connections that are kept open when there is nothing to do.</value>
    public int LeastConnections { get; init; } = 1;

    /// <value>Connections at most, from 4; the one that listens comes on top.</value>
    public int MostConnections { get; init; } = 20;

    /// <value>How long one call that reads may take, waiting for a connection included.</value>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <value>How long one call that writes may take.</value>
    public TimeSpan WriteDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <value>Whether the way to each host stays on this machine.</value>
    public bool IsLocal =>
        TryParse(out var settings, out _)
        && settings.Host is { Length: > 0 } hosts
        && hosts.Split(',').All(host => IsLoopback(host.Trim()));

    /// <value>For messages: the hosts and the database.</value>
    public string Place => TryParse(out var settings, out _) ? $"{settings.Host}:{settings.Port}/{settings.Database}" : "nowhere";

    /// <summary>What is wrong with the connection string; empty where nothing is. Says no value of it.</summary>
    public IEnumerable<string> Problems()
    {
        if (!TryParse(out var settings, out var error))
        {
            yield return error;
            yield break;
        }

        // By its own spelling of each name, whatever was typed.
        foreach (var key in settings.Keys.Where(key => !Sayable.Contains(key, StringComparer.OrdinalIgnoreCase)))
        {
            yield return $"'{key}' can't be said there. It takes {string.Join(", ", Sayable)}.";
        }

        foreach (var (name, value) in new[] { ("Host", settings.Host), ("Database", settings.Database), ("Username", settings.Username) })
        {
            if (string.IsNullOrEmpty(value))
            {
                yield return $"says no {name}.";
            }
        }
    }

    /// <summary>Never the password.</summary>
    public override string ToString() => Place;

    internal NpgsqlConnectionStringBuilder Parse() => new(ConnectionString);

    private bool TryParse(out NpgsqlConnectionStringBuilder settings, out string error)
    {
        try
        {
            (settings, error) = (Parse(), "");
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            // Npgsql's own message may show the value.
            (settings, error) = (new(), $"can't be read. It takes {string.Join(", ", Sayable)}, such as Host=db;Database=gateway.");
            return false;
        }
    }

    private static bool IsLoopback(string host) =>
        host.StartsWith('/')
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>Files in PEM.</summary>
/// <param name="CaFile">The authorities that may have signed the server's certificate; null for those that the machine trusts.</param>
/// <param name="CertificateFile">The certificate that Gateway shows; null for none.</param>
/// <param name="KeyFile">That certificate's key; null where it stands in the certificate's file.</param>
public sealed record PostgresTls(string? CaFile, string? CertificateFile, string? KeyFile);
