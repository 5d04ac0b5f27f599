using System.Text;
using Gateway.Evidence.Log.Tree;
using Gateway.Evidence.Signing;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Receipts;

/// <summary>The path in a receipt: hashes in base64, from the leaf's sibling up.</summary>
internal static class ReceiptPath
{
    /// <summary>Reads it to behind its closing bracket; false for anything else.</summary>
    public static bool TryRead(ref CanonicalScanner scanner, out List<Sha256Digest> path)
    {
        path = [];
        while (!scanner.TrySkip("]"u8))
        {
            if (
                (path.Count > 0 && !scanner.TrySkip(","u8))
                || path.Count == InclusionProof.MaxLength
                || !scanner.TrySkipString(out var text)
                || !NoteText.TryBase64(Encoding.UTF8.GetString(text), Sha256Digest.Length, out var hash)
            )
            {
                return false;
            }

            path.Add(new Sha256Digest(hash));
        }

        return true;
    }
}
