using System.Security.Cryptography;
using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Bodies;

/// <summary>
/// The form of a kept body's file: <c>GWB1</c>, an IV of its own (12 bytes), AES-256-GCM's ciphertext, its tag (16 bytes). The associated
/// data is the form's name, the tenant, the day, the decision and the direction.
/// </summary>
internal static class SealedBody
{
    private const int TagLength = 16;
    private const int IvLength = 12;
    private const int Overhead = IvLength + TagLength + 4;
    private const string Form = "gateway.body/v1";

    private static ReadOnlySpan<byte> Mark => "GWB1"u8;

    /// <summary>
    /// A file with the body in clear in its place, to be sealed there: a body is in memory once, and not in a buffer that its owner gives
    /// back meanwhile.
    /// </summary>
    public static byte[] Allocate(ReadOnlySpan<byte> body)
    {
        var file = new byte[body.Length + Overhead];
        Mark.CopyTo(file);
        body.CopyTo(Content(file));
        return file;
    }

    public static void Seal(byte[] file, ReadOnlySpan<byte> key, in BodyName name)
    {
        RandomNumberGenerator.Fill(Iv(file));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(Iv(file), Content(file), Content(file), Tag(file), Bound(name));
    }

    /// <summary>The body. The file's memory holds nothing afterwards.</summary>
    /// <exception cref="BodyException">It was changed or cut, or stands under another name.</exception>
    public static ReadOnlyMemory<byte> Open(byte[] file, ReadOnlySpan<byte> key, in BodyName name)
    {
        if (file.Length < Overhead || !file.AsSpan(0, Mark.Length).SequenceEqual(Mark))
        {
            throw new BodyException($"The {name} is no kept body: it was changed or cut. Restore the file.");
        }

        try
        {
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(Iv(file), Content(file), Tag(file), Content(file), Bound(name));
            return file.AsMemory(Mark.Length + IvLength, file.Length - Overhead);
        }
        catch (CryptographicException e)
        {
            throw new BodyException(
                $"The {name} doesn't open: it was changed or cut, or is another's under this name. Restore the file.",
                e
            );
        }
    }

    private static byte[] Bound(in BodyName name) =>
        LengthPrefixed.Join(
            Form,
            name.Tenant.ToString(),
            BodyName.DayText(name.Until),
            name.Decision,
            BodyName.DirectionText(name.Direction)
        );

    private static Span<byte> Iv(byte[] file) => file.AsSpan(Mark.Length, IvLength);

    private static Span<byte> Content(byte[] file) => file.AsSpan(Mark.Length + IvLength, file.Length - Overhead);

    private static Span<byte> Tag(byte[] file) => file.AsSpan(file.Length - TagLength);
}

/// <summary>
/// A kept body isn't the one that was kept under its name. The message names it, never what is in it; it is for operators.
/// </summary>
public sealed class BodyException(string message, Exception? inner = null) : Exception(message, inner);
