using System.Text;
using Gateway.Connectors.Json;
using Gateway.Connectors.Mcp.Definitions;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>
/// A cut list is read again and holds what was wanted and sound, in its order, as it was. What the modern era adds aside, it is the answer
/// with pieces missing. Cut capabilities are JSON still, and cutting them again changes nothing.
/// </summary>
internal static class McpListTarget
{
    private static readonly ListKind[] Kinds = [ListKind.Tools, ListKind.Prompts, ListKind.Resources, ListKind.ResourceTemplates];
    private static readonly AllowedCapabilities Allowed = new() { Roots = true, Extensions = ["a", "io.modelcontextprotocol/tasks"] };

    public static void Check(byte[] input)
    {
        foreach (var kind in Kinds)
        {
            if (ListPage.Read(kind, input, out var problem) is { } page)
            {
                CheckPage(kind, page, input);
            }
            else
            {
                Promise.That(problem is { Length: > 0 }, "What is refused has a reason.");
            }
        }

        CheckTwice(CapabilityCut.TryOfInitialize(input, Allowed, out var cut, out _), cut, CapabilityCut.TryOfInitialize);
        CheckTwice(CapabilityCut.TryOfDiscover(input, Allowed, out cut, out _), cut, CapabilityCut.TryOfDiscover);
        if (StrictJson.IsObject(input))
        {
            CheckTwice(CapabilityCut.TryOfRequest(input, Allowed, out cut, out _), cut, CapabilityCut.TryOfRequest);
        }
    }

    private static void CheckPage(ListKind kind, ListPage page, byte[] input)
    {
        var wanted = page.Definitions.Where(item => IsWanted(item) && item.Finding == DefinitionFinding.Sound).ToList();
        var cut = page.Cut(IsWanted, isModern: false);
        Promise.That(IsWithPiecesMissing(cut.Span, input), "A cut list is the answer with pieces missing.");
        foreach (var answer in new[] { cut, page.Cut(IsWanted, isModern: true) })
        {
            var left = ListPage.Read(kind, answer, out _);
            Promise.That(left is not null, "A cut list is a list.");
            Promise.Same(page.NextCursor, left!.NextCursor, "A cut list leads to the same page.");
            Promise.That(
                left.Definitions.Select(item => (item.Name, item.Digest)).SequenceEqual(wanted.Select(item => (item.Name, item.Digest))),
                "What is left is what was wanted and sound."
            );
            Promise.That(left.Definitions.All(item => item.Finding == DefinitionFinding.Sound), "What is left is sound still.");
        }
    }

    /// <summary>By name, so that it says the same of what is left.</summary>
    private static bool IsWanted(Definition item) => Encoding.UTF8.GetByteCount(item.Name) % 2 == 1;

    private static void CheckTwice(bool isCut, ReadOnlyMemory<byte> cut, Cutter cutter)
    {
        Promise.That(isCut || cut.IsEmpty, "What is refused leaves nothing to send.");
        if (isCut)
        {
            Promise.That(StrictJson.IsObject(cut.Span), "Cut capabilities are JSON.");
            var isCutAgain = cutter(cut, Allowed, out var again, out _);
            Promise.That(isCutAgain && again.Span.SequenceEqual(cut.Span), "Nothing is left to cut.");
        }
    }

    private static bool IsWithPiecesMissing(ReadOnlySpan<byte> cut, ReadOnlySpan<byte> whole)
    {
        foreach (var letter in whole)
        {
            cut = !cut.IsEmpty && cut[0] == letter ? cut[1..] : cut;
        }

        return cut.IsEmpty;
    }

    private delegate bool Cutter(
        ReadOnlyMemory<byte> message,
        AllowedCapabilities allowed,
        out ReadOnlyMemory<byte> cut,
        out string? problem
    );
}
