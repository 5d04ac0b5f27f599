using System.Diagnostics.CodeAnalysis;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// Takes out of messages what a connector doesn't allow client and server to agree on: capabilities, each side's, and <c>instructions</c>
/// that aren't pinned. Every other byte stays as it is. False where two readers could take the message for two things: then it must not go
/// out.
/// </summary>
public static class CapabilityCut
{
    private const string NoReading = "The message has members where capabilities stand whose names are alike, or one that is no object.";

    /// <summary>Cuts the answer to <c>initialize</c>.</summary>
    /// <param name="answer">A JSON-RPC response as a whole. An error passes as it is.</param>
    /// <param name="cut">The answer as it may go out; the same memory where nothing was taken out; empty where it must not.</param>
    /// <param name="problem">What is wrong, for operators; it quotes nothing of the message.</param>
    public static bool TryOfInitialize(
        ReadOnlyMemory<byte> answer,
        AllowedCapabilities allowed,
        out ReadOnlyMemory<byte> cut,
        [NotNullWhen(false)] out string? problem
    )
    {
        cut = default;
        if (!AnswerResult.TryFind(answer.Span, out var result, out problem))
        {
            return false;
        }

        if (result is { } at)
        {
            return TryOfServer(answer, at, allowed, out cut, out problem);
        }

        cut = answer;
        return true;
    }

    /// <summary>The same for <c>server/discover</c>, which is for this client alone from then on.</summary>
    public static bool TryOfDiscover(
        ReadOnlyMemory<byte> answer,
        AllowedCapabilities allowed,
        out ReadOnlyMemory<byte> cut,
        [NotNullWhen(false)] out string? problem
    )
    {
        if (!TryOfInitialize(answer, allowed, out cut, out problem))
        {
            return false;
        }

        AnswerResult.TryFind(cut.Span, out var result, out _);
        if (result is { } at && !CacheHints.HaveOneReading(cut.Span, at))
        {
            (cut, problem) = (default, NoReading);
            return false;
        }

        cut = result is { } place ? CacheHints.Tighten(cut, place, limitsTime: false) : cut;
        return true;
    }

    /// <summary>
    /// Cuts what the client says that it can: <c>params.capabilities</c> of <c>initialize</c>, and the client's capabilities in
    /// <c>params._meta</c>, which every modern request carries. Allocates nothing where nothing goes.
    /// </summary>
    /// <param name="request">A JSON-RPC request that <see cref="Json.StrictJson"/> accepts.</param>
    public static bool TryOfRequest(
        ReadOnlyMemory<byte> request,
        AllowedCapabilities allowed,
        out ReadOnlyMemory<byte> cut,
        [NotNullWhen(false)] out string? problem
    )
    {
        var edits = new ByteEdits();
        if (
            !ClientPlaces.TryFind(request.Span, out var places)
            || !CapabilityMap.TryCut(request.Span, places.First, allowed, isServer: false, ref edits)
            || !CapabilityMap.TryCut(request.Span, places.Second, allowed, isServer: false, ref edits)
        )
        {
            (cut, problem) = (default, NoReading);
            return false;
        }

        (cut, problem) = (edits.Apply(request), null);
        return true;
    }

    private static bool TryOfServer(
        ReadOnlyMemory<byte> answer,
        int result,
        AllowedCapabilities allowed,
        out ReadOnlyMemory<byte> cut,
        [NotNullWhen(false)] out string? problem
    )
    {
        var json = answer.Span;
        (cut, problem) = (default, NoReading);
        var hasOneReading = JsonParts.TryFind(json, result, "capabilities"u8, "instructions"u8, out var map, out var instructions);
        if (!hasOneReading || map is null)
        {
            return false;
        }

        var edits = new ByteEdits();
        var parts = new PartCut();
        var members = new JsonParts(json, result);
        while (members.MoveNext())
        {
            parts.Next(members.Current, members.Current != instructions || Passes(members.Current.ValueIn(json), allowed), ref edits);
            if (members.Current == map && !CapabilityMap.TryCut(json, map.Value.ValueStart, allowed, isServer: true, ref edits))
            {
                return false;
            }
        }

        (cut, problem) = (edits.Apply(answer), null);
        return true;
    }

    private static bool Passes(ReadOnlySpan<byte> instructions, AllowedCapabilities allowed) =>
        allowed.Instructions is { } pin
        && DefinitionDigest.TryOfValue(instructions, out var digest)
        && digest == pin
        && !DefinitionCheck.IsHiddenText(instructions);
}
