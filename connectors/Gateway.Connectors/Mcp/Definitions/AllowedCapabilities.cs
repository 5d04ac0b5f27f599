using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// What a connector lets client and server agree on, beyond what every connector may have. What isn't said here isn't offered, on either
/// side. Immutable; the default allows nothing.
/// </summary>
public sealed class AllowedCapabilities
{
    private readonly byte[][] _extensions = [];

    /// <summary>Whether the server may have the client's model write for it.</summary>
    public bool Sampling { get; init; }

    /// <summary>Whether the server may ask people.</summary>
    public bool Elicitation { get; init; }

    /// <summary>Whether the server may ask for the client's folders.</summary>
    public bool Roots { get; init; }

    /// <summary>
    /// Names of extensions, exactly; of experimental capabilities too, which are extensions without a name of their own. Such as
    /// <c>io.modelcontextprotocol/tasks</c>.
    /// </summary>
    public IReadOnlyList<string> Extensions
    {
        get => [.. _extensions.Select(Encoding.UTF8.GetString)];
        init => _extensions = [.. value.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>
    /// The digest of the <c>instructions</c> that may pass (<see cref="DefinitionDigest.TryOfValue"/>); null lets none pass.
    /// </summary>
    public Sha256Digest? Instructions { get; init; }

    internal bool AllowsExtension(ReadOnlySpan<byte> name)
    {
        foreach (var extension in _extensions)
        {
            if (name.SequenceEqual(extension))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a server may say that it can. Legacy <c>tasks</c> isn't among it, nor is what nobody knows yet.</summary>
    internal static bool AllowsOfServer(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("tools"u8)
        || name.SequenceEqual("prompts"u8)
        || name.SequenceEqual("resources"u8)
        || name.SequenceEqual("completions"u8)
        || name.SequenceEqual("logging"u8);

    /// <summary>What a client may say that it can.</summary>
    internal bool AllowsOfClient(ReadOnlySpan<byte> name) =>
        (Sampling && name.SequenceEqual("sampling"u8))
        || (Elicitation && name.SequenceEqual("elicitation"u8))
        || (Roots && name.SequenceEqual("roots"u8));
}
