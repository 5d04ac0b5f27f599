using System.CommandLine;
using System.Text;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;

namespace Gateway.Cli.Commands.Secrets;

/// <summary>
/// <c>gateway vault put</c>: stores a secret from the standard input. Never from an argument: those show in process lists and in the
/// shell's history.
/// </summary>
internal sealed class VaultPutCommand : LeafCommand
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly VaultSecret _secret;

    public VaultPutCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "put",
            "Store a secret, or replace it. Its value is read from the standard input.",
            "gateway vault put --tenant acme --path crm/prod --field token < token.txt"
        ) => _secret = new VaultSecret(this);

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (tenant, reference) = _secret.Read(parsed);
        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        if (!Console.IsInputRedirected)
        {
            throw new InvalidInputException(
                "The value is read from the standard input, where a terminal is now.",
                "Give it a file or a program's output: " + Example
            );
        }

        var value = await ReadAsync(Console.OpenStandardInput(), cancellationToken);
        await instance.OpenVault(keys).PutAsync(tenant, reference, value, cancellationToken);
        return CommandResult.Ok(
            new() { ["tenant"] = tenant.ToString(), ["reference"] = reference.ToString() },
            $"Stored {reference} of {tenant}."
        ) with
        {
            Warnings = keys.Warnings,
        };
    }

    /// <summary>All of it, without one line end behind it, which an editor or echo has put there.</summary>
    private static async Task<Secret> ReadAsync(Stream input, CancellationToken cancellationToken)
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
