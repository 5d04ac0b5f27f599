using System.ComponentModel.DataAnnotations;
using Gateway.Connectors.Stores;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Identity;

/// <summary>Which durable store. Section <c>Gateway:Store</c>.</summary>
public sealed class StoreOptions
{
    private const string At = "Gateway:Store";

    // At the top of the configuration, beside the other passwords.
    private const string Password = "POSTGRES_PASSWORD";
    private const string PasswordFile = Password + "_FILE";

    /// <summary>The shortest that SQLite knows: a request with an unknown key, and the following of revocations, wait for this.</summary>
    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(1);

    /// <value><c>sqlite</c> (files in the data folder, one machine) or <c>postgres</c>. Default <c>sqlite</c>.</value>
    [Required, RegularExpression("sqlite|postgres", ErrorMessage = "must be 'sqlite' or 'postgres'.")]
    public string Kind { get; set; } = "sqlite";

    /// <value>For postgres: <c>Host=db.example;Port=5432;Database=gateway;Username=gateway</c>. The password is <c>POSTGRES_PASSWORD</c>,
    /// at the top of the configuration. Of several hosts, behind commas, <c>Target Session Attributes=primary</c> finds the one to
    /// use.</value>
    public string Connection { get; set; } = "";

    /// <value>For postgres: whether to speak TLS to it; its certificate must be valid for its host. Default false.</value>
    public bool Tls { get; set; }

    /// <value>With TLS: PEM of the authorities that may have signed PostgreSQL's certificate. Default none: those that the machine
    /// trusts.</value>
    public string TlsCaFile { get; set; } = "";

    /// <value>With TLS: PEM of the certificate that Gateway shows. Default none.</value>
    public string TlsCertificateFile { get; set; } = "";

    /// <value>With TLS: PEM of that certificate's key. Default none: it stands in the certificate's file.</value>
    public string TlsKeyFile { get; set; } = "";

    /// <value>For postgres: whether it may be on another machine without TLS, where the network itself is encrypted. Default false.</value>
    public bool AllowUnencrypted { get; set; }

    /// <value>For postgres: connections that are kept open when there is nothing to do. Default 1; from 0 to 100.</value>
    [Range(0, 100)]
    public int LeastConnections { get; set; } = 1;

    /// <value>For postgres: connections at most; one that listens comes on top. Default 20; from 4 to 500.</value>
    [Range(4, 500)]
    public int MostConnections { get; set; } = 20;

    /// <value>For postgres: how long one question may take before what needs its answer is refused. Default 200 ms; from 50 ms to 5
    /// s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:05")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <value>For postgres: how long one change may take, syncing included. Default 2 s; from 100 ms to 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan WriteDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Where SQLite's files are.</summary>
    public static string FolderOf(DataOptions data) => Path.Combine(data.Path, "store");

    /// <summary>The store of a running instance. Nothing is opened yet.</summary>
    /// <param name="find">Gives a setting at the top of the configuration: the password, or the file that it is in.</param>
    public SqlStore Open(DataOptions data, Func<string, string?> find) =>
        Kind == "postgres" ? new PostgresStore(ToPostgres(find)) : new SqliteStore(FolderOf(data), BusyWait);

    /// <summary>The store for a command, which can wait longer.</summary>
    /// <inheritdoc cref="Open"/>
    public SqlStore OpenForCommand(DataOptions data, Func<string, string?> find)
    {
        var patience = TimeSpan.FromSeconds(5);
        return Kind == "postgres"
            ? new PostgresStore(ToPostgres(find) with { LeastConnections = 0, Deadline = patience, WriteDeadline = patience })
            : new SqliteStore(FolderOf(data), patience);
    }

    /// <summary>Where it is, for people.</summary>
    public string Place(DataOptions data) => Kind == "postgres" ? ToPostgres(static _ => null).Place : Path.GetFullPath(FolderOf(data));

    /// <summary>Settings that don't go together, each with what to do; empty where all is well.</summary>
    public IEnumerable<string> Problems(Func<string, string?> find)
    {
        if (Kind != "postgres")
        {
            return Connection.Length > 0 || Tls
                ? [$"{At}:Kind: is '{Kind}', and PostgreSQL is set up. Set it to 'postgres', or remove what is under {At}."]
                : [];
        }

        return [.. ToPostgres(find).Problems().Select(problem => $"{At}:Connection: {problem}"), .. Contradictions(find), .. Missing(find)];
    }

    private IEnumerable<string> Contradictions(Func<string, string?> find)
    {
        if (!Tls && (TlsCaFile + TlsCertificateFile + TlsKeyFile).Length > 0)
        {
            yield return $"{At}:Tls: is false, and files for TLS are named. Set it to true, or remove them.";
        }

        var postgres = ToPostgres(find);
        if (!Tls && !AllowUnencrypted && !postgres.Problems().Any() && !postgres.IsLocal)
        {
            yield return $"{At}:Tls: is false, and PostgreSQL is on another machine. Set it to true, with {At}:TlsCaFile; where the "
                + $"network itself is encrypted, {At}:AllowUnencrypted=true.";
        }

        if (LeastConnections > MostConnections)
        {
            yield return $"{At}:LeastConnections: is over {At}:MostConnections. Lower it.";
        }

        if (find(Password) is { Length: > 0 } && find(PasswordFile) is { Length: > 0 })
        {
            yield return $"{Password}: is set, and so is {PasswordFile}. Remove one of them.";
        }
    }

    private IEnumerable<string> Missing(Func<string, string?> find) =>
        from named in new[]
        {
            ($"{At}:{nameof(TlsCaFile)}", TlsCaFile),
            ($"{At}:{nameof(TlsCertificateFile)}", TlsCertificateFile),
            ($"{At}:{nameof(TlsKeyFile)}", TlsKeyFile),
            (PasswordFile, find(PasswordFile) ?? ""),
        }
        where named.Item2.Length > 0 && !File.Exists(named.Item2)
        select $"{named.Item1}: there is no file '{named.Item2}'. Name one that this process can read.";

    private PostgresOptions ToPostgres(Func<string, string?> find) =>
        new()
        {
            ConnectionString = Connection,
            Password = NullIfEmpty(find(Password)),
            PasswordFile = NullIfEmpty(find(PasswordFile)),
            Tls = Tls ? new PostgresTls(NullIfEmpty(TlsCaFile), NullIfEmpty(TlsCertificateFile), NullIfEmpty(TlsKeyFile)) : null,
            LeastConnections = LeastConnections,
            MostConnections = MostConnections,
            Deadline = Deadline,
            WriteDeadline = WriteDeadline,
        };

    private static string? NullIfEmpty(string? text) => text is { Length: > 0 } ? text : null;
}
