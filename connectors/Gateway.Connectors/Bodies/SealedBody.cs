using System.Security.Cryptography;
using Gateway.Connectors.Vaults;
using static Gateway.Connectors.Bodies.SealedBodyLayout;

namespace Gateway.Connectors.Bodies;

/// <summary>
/// Seals a kept body in its file (<see cref="SealedBodyLayout"/>) with AES-256-GCM and an IV of its own. The associated data is the form's
/// name, the tenant, the day, the decision and the direction.
/// </summary>
internal static class SealedBody
{
    private const string Form = "gateway.body/v1";

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
        if (!IsOne(file))
        {
            throw new BodyException($"The {name} is no kept body: it was changed or cut. Restore the file.");
        }

        try
        {
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(Iv(file), Content(file), Tag(file), Content(file), Bound(name));
            return file.AsMemory(ContentOf(file));
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
}

/// <summary>
/// A kept body isn't the one that was kept under its name. The message names it, never what is in it; it is for operators.
/// </summary>
public sealed class BodyException(string message, Exception? inner = null) : Exception(message, inner);
