using System.Text;
using Gateway.Cli.Results;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;

namespace Gateway.Cli.Arguments;

/// <summary>A secret from the standard input. Never from an argument: those show in process lists and in the shell's history.</summary>
internal static class SecretInput
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All of it, without one line end behind it, which an editor or echo has put there.</summary>
    /// <exception cref="InvalidInputException">There is none, or what is there is no text or too long.</exception>
    public static async Task<Secret> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        var bytes = new byte[Envelope.MaxPlaintextLength + 3];
        var length = await input.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        var value = Decode(bytes.AsSpan(0, length));
        value = value.EndsWith('\n') ? value[..(value.EndsWith("\r\n", StringComparison.Ordinal) ? ^2 : ^1)] : value;
        if (value.Length == 0)
        {
            throw new InvalidInputException("The standard input holds no value.", "Send the secret there.");
        }

        return Strict.GetByteCount(value) <= Envelope.MaxPlaintextLength
            ? new Secret(value)
            : throw new InvalidInputException(
                $"The value is over {Envelope.MaxPlaintextLength} bytes.",
                "That is no credential: send the secret alone."
            );
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // Not handed on: it quotes the bytes that it stumbled over.
            throw new InvalidInputException(
                "The value isn't text in UTF-8.",
                "Encode it the way that the connector's document says, such as base64."
            );
        }
    }
}
