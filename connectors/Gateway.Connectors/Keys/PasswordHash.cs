using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;

namespace Gateway.Connectors.Keys;

/// <summary>
/// Operators' passwords, by scrypt (RFC 7914) with 32 MiB for each try: <c>scrypt:15:8:3:{salt}:{hash}</c>. Slow on purpose, and two at a
/// time: strangers who guess can't take the machine.
/// </summary>
public static class PasswordHash
{
    /// <value>Of 12 characters at least; NIST SP 800-63B-4 wants 15 where there is no second factor and 8 where there is.</value>
    public const int Shortest = 12;

    public const int Longest = 256;

    private const int LogN = 15;
    private const int R = 8;
    private const int P = 3;
    private const int SaltLength = 16;
    private const int HashLength = 32;

    private static readonly SemaphoreSlim TwoAtATime = new(2, 2);

    /// <summary>What a name that isn't there is compared with: it costs the same.</summary>
    private static readonly Lazy<string> Nobody = new(() => Text(new byte[SaltLength], new byte[HashLength]));

    /// <summary>False where it is too short or too long.</summary>
    public static bool IsLongEnough(string password) => password.Length is >= Shortest and <= Longest;

    public static async Task<string> ComputeAsync(string password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return Text(salt, await DeriveAsync(password, salt, cancellationToken));
    }

    /// <param name="stored">Null for who isn't there, or has none: takes as long, and is false.</param>
    public static async Task<bool> VerifyAsync(string? stored, string password, CancellationToken cancellationToken)
    {
        var parts = (stored ?? Nobody.Value).Split(':');
        if (
            parts.Length != 6
            || !string.Join(':', parts[..4]).Equals(Parameters, StringComparison.Ordinal)
            || password.Length > Longest
            || !TryBytes(parts[4], SaltLength, out var salt)
            || !TryBytes(parts[5], HashLength, out var expected)
        )
        {
            return false;
        }

        var actual = await DeriveAsync(password, salt, cancellationToken);
        return CryptographicOperations.FixedTimeEquals(expected, actual) && stored is not null;
    }

    private static string Parameters => string.Create(CultureInfo.InvariantCulture, $"scrypt:{LogN}:{R}:{P}");

    private static string Text(byte[] salt, byte[] hash) => $"{Parameters}:{Convert.ToBase64String(salt)}:{Convert.ToBase64String(hash)}";

    private static async Task<byte[]> DeriveAsync(string password, byte[] salt, CancellationToken cancellationToken)
    {
        // The same keys on another keyboard may compose a letter otherwise.
        var bytes = Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC));
        await TwoAtATime.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => SCrypt.Generate(bytes, salt, 1 << LogN, R, P, HashLength), cancellationToken);
        }
        finally
        {
            TwoAtATime.Release();
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static bool TryBytes(string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == length;
    }
}
