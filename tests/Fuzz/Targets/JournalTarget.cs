using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Verification;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// Any change of a segment is found, also where its check sums were made anew, which leaves the hashes and signatures to find it; but for
/// the tags of records that are signed since, which nobody asks any more. No change of any other file makes the verifier throw. The first
/// byte says which file, the second whether the sums are made anew.
/// </summary>
internal static class JournalTarget
{
    private const int Head = 2;

    private static readonly Lock Writing = new();

    public static void Check(byte[] input)
    {
        if (input.Length < Head)
        {
            return;
        }

        var journal = SampleJournal.One;
        var segments = journal.Files.Where(file => file.EndsWith(".log", StringComparison.Ordinal)).ToList();
        var isSegment = input[0] < 192;
        var path = isSegment ? segments[input[0] % segments.Count] : journal.Files[input[0] % journal.Files.Count];
        isSegment |= segments.Contains(path);
        lock (Writing)
        {
            var content = File.ReadAllBytes(path);
            var edited = Edits.Apply([.. content], input.AsSpan(Head));
            if (isSegment && input[1] % 2 == 1)
            {
                Reseal(edited);
            }

            try
            {
                File.WriteAllBytes(path, edited);
                var result = JournalVerifier.Verify(journal.Root, journal.Keys.Public);
                var isSame = edited.AsSpan().SequenceEqual(content);
                var isFound = !result.IsGood || !isSegment || Untagged(edited).SequenceEqual(Untagged(content));
                Promise.That(isSame ? result.IsGood : isFound, $"A change of {path} isn't found: {result.Problem}");
            }
            finally
            {
                File.WriteAllBytes(path, content);
            }
        }
    }

    private static void Reseal(Span<byte> segment)
    {
        for (var at = SegmentHeader.Length; TryFrame(segment, at, out var frame); at += frame.Length)
        {
            Frame.Seal(frame);
        }
    }

    /// <summary>With all tags blank, and the sums made for that.</summary>
    private static byte[] Untagged(byte[] segment)
    {
        byte[] blank = [.. segment];
        for (var at = SegmentHeader.Length; TryFrame(blank, at, out var frame); at += frame.Length)
        {
            if (!Frame.IsIntact(frame))
            {
                return blank;
            }

            Frame.TagOf(frame).Clear();
            Frame.Seal(frame);
        }

        return blank;
    }

    private static bool TryFrame(Span<byte> segment, int at, out Span<byte> frame)
    {
        frame = default;
        if (at + Frame.HeaderLength >= segment.Length)
        {
            return false;
        }

        var length = Frame.HeaderLength + (long)BinaryPrimitives.ReadInt32LittleEndian(segment[at..]);
        if (length <= Frame.HeaderLength || at + length > segment.Length)
        {
            return false;
        }

        frame = segment.Slice(at, (int)length);
        return true;
    }
}

/// <summary>
/// No changed receipt proves anything else, and nothing of one can be changed but the lines of signatures: a signed note may carry others'
/// and the same twice (C2SP signed-note).
/// </summary>
internal static partial class ReceiptTarget
{
    public static void Check(byte[] input)
    {
        var journal = SampleJournal.One;
        _ = ReceiptVerifier.Verify(input, "receipt.json", journal.Keys.Public, out var given);
        Promise.That(given is null, "What nobody signed proves nothing.");
        Promise.That(ReceiptVerifier.Verify(journal.Receipt, "receipt.json", journal.Keys.Public, out var own) is null, "It is good.");

        var edited = Edits.Apply(journal.Receipt, input);
        var problem = ReceiptVerifier.Verify(edited, "receipt.json", journal.Keys.Public, out var verified);
        Promise.Same(problem is null, verified is not null, "It is verified, or there is a problem.");
        if (verified is not null)
        {
            Promise.Same(own, verified, "What is good proves the record that was given out.");
            Promise.Same(Unsigned(journal.Receipt), Unsigned(edited), "Only lines of signatures may be others.");
        }
    }

    private static string Unsigned(byte[] receipt) => SignatureLine().Replace(Encoding.UTF8.GetString(receipt), "");

    [GeneratedRegex(@"\u2014 [^\\""]*\\n")]
    private static partial Regex SignatureLine();
}
