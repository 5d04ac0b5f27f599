using System.IO.Compression;
using System.Text;
using Gateway.Evidence.Signing;
using Gateway.Gait.Packs;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// A changed pack is refused, or has the very members that another reader of ZIP files finds in it, under the signature that was made. The
/// input itself, read as a pack and as lines of a recording, makes no reader throw.
/// </summary>
internal static class PackTarget
{
    private static readonly Ed25519PrivateKey Key = Ed25519PrivateKey.TryCreate(new byte[Ed25519PrivateKey.SeedSize], out var key)
        ? key
        : throw new InvalidOperationException();

    private static readonly byte[] Pack = RunpackWriter.Write(RunRecordingReader.Read(Encoding.UTF8.GetBytes(SeedTexts.Recording)), Key);

    public static void Check(byte[] input)
    {
        Promise.That(!RunpackVerifier.Verify(input, Key.PublicKey, requireSignature: true).IsGood, "What nobody signed is no good pack.");
        CheckRecording(input);

        var edited = Edits.Apply(Pack, input);
        var result = RunpackVerifier.Verify(edited, Key.PublicKey, requireSignature: true);
        if (edited.AsSpan().SequenceEqual(Pack))
        {
            Promise.That(result.IsGood, $"The pack itself is good: {result.Problem}");
        }

        if (result.IsGood)
        {
            Promise.Same(Members(Pack), Members(edited), "A good pack has the members that were signed, to every reader.");
        }
    }

    private static void CheckRecording(byte[] input)
    {
        try
        {
            _ = RunpackWriter.Write(RunRecordingReader.Read(input), null);
        }
        catch (RunRecordingException)
        {
            // Refused, as it says.
        }
    }

    private static string Members(byte[] pack)
    {
        using var archive = new ZipArchive(new MemoryStream(pack), ZipArchiveMode.Read);
        return string.Join('\n', archive.Entries.Select(entry => $"{entry.FullName} {Content(entry)}"));
    }

    private static string Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return Convert.ToHexString(content.ToArray());
    }
}
