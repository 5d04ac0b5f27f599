using System.Security.Cryptography;

namespace Gateway.Proxy.FrontDoor;

/// <summary>Makes the ids of requests, decisions and tokens: 128 random bits, so that none can be guessed or met twice.</summary>
public static class Identifier
{
    private const int Length = 16;

    /// <value>Ids that are drawn at once: a draw costs the same however little it is for.</value>
    private const int Drawn = 32;

    [ThreadStatic]
    private static byte[]? _bits;

    [ThreadStatic]
    private static int _left;

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public static string Next()
    {
        var bits = _bits ??= new byte[Drawn * Length];
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(bits);
            _left = Drawn;
        }

        // Each place is wiped once used, so that no id stays behind in memory.
        var place = bits.AsSpan(--_left * Length, Length);
        var id = Convert.ToHexStringLower(place);
        place.Clear();
        return id;
    }
}
