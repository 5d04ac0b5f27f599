using Gateway.Connectors.Contracts;
using StackExchange.Redis.Configuration;

namespace Gateway.Connectors.State;

/// <summary>Who Gateway is to Redis, and to its sentinels.</summary>
public sealed record RedisCredentials
{
    private const int MaxFileBytes = 4096;

    /// <summary>A user of the access control list; null for the default user.</summary>
    public string? User { get; init; }

    /// <summary>The user's password, or <c>requirepass</c>; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>A file with the password, read again at every new connection: so that it may be rotated. Null for none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The same at the sentinels, which have users of their own; null for the default user.</summary>
    public string? SentinelUser { get; init; }

    /// <summary>Null for sentinels that ask for none.</summary>
    public string? SentinelPassword { get; init; }

    /// <summary>As for the password itself; read once, at the start.</summary>
    public string? SentinelPasswordFile { get; init; }

    /// <exception cref="SharedStateException">A file can't be read. Never carries what is in it.</exception>
    internal string? ReadPassword() => PasswordFile is { } file ? Read(file) : Password;

    /// <inheritdoc cref="ReadPassword"/>
    internal string? ReadSentinelPassword() => SentinelPasswordFile is { } file ? Read(file) : SentinelPassword;

    /// <summary>Neither a user's name nor a password belongs into a log.</summary>
    public override string ToString() => nameof(RedisCredentials);

    private static string Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Length <= MaxFileBytes
                ? File.ReadAllText(path).TrimEnd('\r', '\n')
                : throw new SharedStateException($"The password file '{path}' has over {MaxFileBytes} bytes. Name the right one.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SharedStateException($"The password file '{path}' can't be read ({e.GetType().Name}). Check its path and rights.", e);
        }
    }
}

/// <summary>What the client asks at every handshake.</summary>
internal sealed class RedisLogin(RedisCredentials credentials) : DefaultOptionsProvider
{
    public override string? User => credentials.User;

    /// <summary>A file that can't be read just now gives no password: the server then refuses, and the next attempt reads again.</summary>
    public override string? Password
    {
        get
        {
            try
            {
                return credentials.ReadPassword();
            }
            catch (SharedStateException)
            {
                return null;
            }
        }
    }
}
