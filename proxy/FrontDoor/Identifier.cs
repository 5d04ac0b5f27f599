using System.Security.Cryptography;

namespace Gateway.Proxy.FrontDoor;

/// <summary>Makes the ids of requests, decisions and tokens: 128 random bits, so that none can be guessed or met twice.</summary>
public static class Identifier
{
    /// <summary>32 lower-case hexadecimal digits.</summary>
    public static string Next()
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        return Convert.ToHexStringLower(bits);
    }
}
