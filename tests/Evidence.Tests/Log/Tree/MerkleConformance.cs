using System.Text.Json;
using Gateway.Evidence.Log.Tree;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Tests.Log.Tree;

/// <summary>
/// Runs published vectors of inclusion and consistency proofs: files in folders <c>inclusion</c> and <c>consistency</c>, each with what
/// must come out.
/// </summary>
public static class MerkleConformance
{
    /// <summary>
    /// Runs every <c>*.json</c> under a folder. A file of another shape is out of scope; a proof that is judged otherwise than it says has
    /// failed.
    /// </summary>
    /// <exception cref="IOException">The folder can't be read.</exception>
    public static MerkleConformanceResult Run(string folder)
    {
        var (passed, outOfScope) = (0, 0);
        var failed = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var answer = Judge(File.ReadAllBytes(file));
            if (answer is null)
            {
                outOfScope++;
            }
            else if (answer.Value)
            {
                passed++;
            }
            else
            {
                failed.Add(file);
            }
        }

        return new MerkleConformanceResult(passed, failed, outOfScope);
    }

    /// <summary>Whether the vector came out as it should; null for what is none.</summary>
    private static bool? Judge(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (!root.TryGetProperty("wantErr", out var wanted))
            {
                return null;
            }

            var good = root.TryGetProperty("leafIdx", out var index) ? Includes(root, index.GetUInt64()) : IsConsistent(root);
            return good == !wanted.GetBoolean();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static bool Includes(JsonElement vector, ulong index) =>
        TryHash(vector.GetProperty("leafHash"), out var leaf)
        && TryHash(vector.GetProperty("root"), out var root)
        && TryPath(vector.GetProperty("proof"), out var path)
        && InclusionProof.Verifies(index, vector.GetProperty("treeSize").GetUInt64(), leaf, path, root);

    private static bool IsConsistent(JsonElement vector) =>
        TryHash(vector.GetProperty("root1"), out var first)
        && TryHash(vector.GetProperty("root2"), out var second)
        && TryPath(vector.GetProperty("proof"), out var proof)
        && ConsistencyProof.Verifies(
            vector.GetProperty("size1").GetUInt64(),
            vector.GetProperty("size2").GetUInt64(),
            first,
            second,
            proof
        );

    private static bool TryPath(JsonElement list, out List<Sha256Digest> path)
    {
        path = [];
        if (list.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (!TryHash(item, out var hash))
            {
                return false;
            }

            path.Add(hash);
        }

        return true;
    }

    /// <summary>False for what has another length than a hash.</summary>
    private static bool TryHash(JsonElement text, out Sha256Digest hash)
    {
        var bytes = text.ValueKind == JsonValueKind.Null ? [] : text.GetBytesFromBase64();
        hash = bytes.Length == Sha256Digest.Length ? new Sha256Digest(bytes) : default;
        return bytes.Length == Sha256Digest.Length;
    }
}
