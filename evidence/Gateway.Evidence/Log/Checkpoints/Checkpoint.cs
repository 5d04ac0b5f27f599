using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>
/// The head of a log's tree at a size, as C2SP tlog-checkpoint writes it: origin, size, root. No further lines are written or taken.
/// </summary>
/// <param name="Size">Records that the root is over.</param>
internal sealed record Checkpoint(string Origin, long Size, Sha256Digest Root)
{
    /// <summary>The name of its file in a log's folder, where tools look for it (C2SP tlog-tiles).</summary>
    public const string FileName = "checkpoint";

    /// <value>Bytes of a note that is taken; more signatures of witnesses than this holds aren't.</value>
    public const int MaxLength = 1 << 16;

    public string ToText()
    {
        Span<byte> root = stackalloc byte[Sha256Digest.Length];
        Root.CopyTo(root);
        return $"{Origin}\n{Size}\n{Convert.ToBase64String(root)}\n";
    }

    public byte[] Sign(Ed25519PrivateKey key) => SignedNote.Sign(ToText(), Origin, key);

    /// <summary>Reads a signed checkpoint. Null when it is good; otherwise what is wrong.</summary>
    /// <param name="origin">Whose it must be; null for whosever it says.</param>
    /// <param name="keys">Null checks everything but the signature.</param>
    public static string? Open(ReadOnlySpan<byte> note, string? origin, IReadOnlyList<Ed25519PublicKey>? keys, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        origin ??= NoteText.FirstLine(note);
        if (note.Length > MaxLength)
        {
            return $"A checkpoint has at most {MaxLength} bytes.";
        }

        if (SignedNote.Open(note, origin, keys, out var text) is { } wrong)
        {
            return wrong;
        }

        var lines = text.Split('\n');
        if (lines.Length != 4 || lines[0] != origin)
        {
            return $"It isn't a checkpoint of '{origin}': origin, size and root, a line each.";
        }

        if (!NoteText.TryNumber(lines[1], out var size) || !NoteText.TryBase64(lines[2], Sha256Digest.Length, out var root))
        {
            return "Its size or root isn't written as a checkpoint's is.";
        }

        checkpoint = new Checkpoint(origin, size, new Sha256Digest(root));
        return null;
    }
}
