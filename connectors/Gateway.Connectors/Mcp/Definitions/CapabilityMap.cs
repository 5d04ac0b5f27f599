namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>Cuts one object of capabilities, and those of extensions in it.</summary>
internal static class CapabilityMap
{
    /// <param name="at">Where the object begins; 0 where there is none.</param>
    /// <returns>False where it, or its extensions, are no object.</returns>
    public static bool TryCut(ReadOnlySpan<byte> json, int at, AllowedCapabilities allowed, bool isServer, ref ByteEdits edits)
    {
        if (at == 0)
        {
            return true;
        }

        if (json[at] != (byte)'{')
        {
            return false;
        }

        var cut = new PartCut();
        var members = new JsonParts(json, at);
        while (members.MoveNext())
        {
            var isExtensions = members.Name.SequenceEqual("extensions"u8) || members.Name.SequenceEqual("experimental"u8);
            var isKept =
                isExtensions || (isServer ? AllowedCapabilities.AllowsOfServer(members.Name) : allowed.AllowsOfClient(members.Name));
            cut.Next(members.Current, isKept, ref edits);
            if (isExtensions && !TryCutExtensions(json, members.Current.ValueStart, allowed, ref edits))
            {
                return false;
            }
        }

        cut.End(ref edits);
        return true;
    }

    private static bool TryCutExtensions(ReadOnlySpan<byte> json, int at, AllowedCapabilities allowed, ref ByteEdits edits)
    {
        if (json[at] != (byte)'{')
        {
            return false;
        }

        var cut = new PartCut();
        var members = new JsonParts(json, at);
        while (members.MoveNext())
        {
            cut.Next(members.Current, allowed.AllowsExtension(members.Name), ref edits);
        }

        cut.End(ref edits);
        return true;
    }
}

/// <summary>
/// Where a client's request says what the client can, in the order of the request; 0 where it doesn't. <c>initialize</c> says it in its
/// parameters, every modern request in their <c>_meta</c>.
/// </summary>
internal readonly record struct ClientPlaces(int First, int Second)
{
    /// <summary>False where a member on the way there has another that is alike, or is no object.</summary>
    public static bool TryFind(ReadOnlySpan<byte> json, out ClientPlaces places)
    {
        places = default;
        if (!JsonParts.TryFind(json, json.IndexOf((byte)'{'), "params"u8, out var parameters) || !IsObject(json, parameters))
        {
            return false;
        }

        if (parameters is not { ValueStart: var at })
        {
            return true;
        }

        if (!JsonParts.TryFind(json, at, "capabilities"u8, "_meta"u8, out var initial, out var meta) || !IsObject(json, meta))
        {
            return false;
        }

        JsonPart? ofRequest = null;
        if (meta is { } inner && !JsonParts.TryFind(json, inner.ValueStart, "io.modelcontextprotocol/clientCapabilities"u8, out ofRequest))
        {
            return false;
        }

        var (one, other) = (initial?.ValueStart ?? 0, ofRequest?.ValueStart ?? 0);
        places = new ClientPlaces(Math.Min(one, other), Math.Max(one, other));
        return true;
    }

    /// <summary>Whether it is one, or isn't there.</summary>
    private static bool IsObject(ReadOnlySpan<byte> json, JsonPart? part) => part is null || json[part.Value.ValueStart] == (byte)'{';
}
