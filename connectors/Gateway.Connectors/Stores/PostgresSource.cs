using Npgsql;

namespace Gateway.Connectors.Stores;

/// <summary>Makes what PostgreSQL is reached through. Nothing is connected yet.</summary>
internal static class PostgresSource
{
    /// <summary>Seconds after which a connection that is silent is asked whether it is still there.</summary>
    private const int Silence = 2;

    public static NpgsqlDataSource Pool(PostgresOptions options)
    {
        var settings = Settings(options);
        settings.MinPoolSize = options.LeastConnections;
        settings.MaxPoolSize = options.MostConnections;
        return Build(settings, options);
    }

    /// <summary>For connections that wait for what the server says by itself.</summary>
    public static NpgsqlDataSource Listening(PostgresOptions options)
    {
        var settings = Settings(options);
        settings.Pooling = false;
        settings.KeepAlive = Silence;
        return Build(settings, options);
    }

    private static NpgsqlConnectionStringBuilder Settings(PostgresOptions options)
    {
        var settings = options.Parse();
        var seconds = Math.Max(1, (int)Math.Ceiling(options.Deadline.TotalSeconds));
        settings.Timeout = seconds;
        settings.CommandTimeout = seconds;

        // A call that is given up breaks its connection. The server is asked nothing more: it may be the reason.
        settings.CancellationTimeout = -1;

        settings.NoResetOnClose = true; // What a transaction sets ends with it.
        settings.Enlist = false;
        settings.GssEncryptionMode = GssEncryptionMode.Disable;
        settings.SslMode = options.Tls is null ? SslMode.Disable : SslMode.VerifyFull;
        settings.RootCertificate = options.Tls?.CaFile;
        settings.SslCertificate = options.Tls?.CertificateFile;
        settings.SslKey = options.Tls?.KeyFile;
        if (string.IsNullOrEmpty(settings.ApplicationName))
        {
            settings.ApplicationName = "gateway";
        }

        return settings;
    }

    private static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder settings, PostgresOptions options)
    {
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false)); // All are the server's own: nothing is to be looked up.
        if (options.PasswordFile is { } file)
        {
            builder.UsePasswordProvider(
                _ => File.ReadAllText(file).Trim(),
                async (_, cancellationToken) => (await File.ReadAllTextAsync(file, cancellationToken)).Trim()
            );
        }
        else if (options.Password is { } password)
        {
            builder.UsePasswordProvider(_ => password, (_, _) => ValueTask.FromResult(password));
        }

        return builder.Build();
    }
}
