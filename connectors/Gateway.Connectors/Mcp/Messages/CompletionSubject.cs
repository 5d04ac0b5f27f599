namespace Gateway.Connectors.Mcp.Messages;

/// <summary>What a <c>completion/complete</c> completes: a prompt by name, or a resource by URI or template.</summary>
public static class CompletionSubject
{
    /// <summary>Which member names it. False where the type is unknown, its name is missing, or both names are there: a server goes by
    /// either.</summary>
    /// <param name="subject"><see cref="McpMember.RefName"/> of a prompt, or <see cref="McpMember.RefUri"/> of a resource.</param>
    public static bool TryTell(in McpMessage message, ReadOnlySpan<byte> body, out McpMember subject)
    {
        var type = message[McpMember.RefType];
        subject =
            type.TextEquals(body, "ref/prompt"u8) ? McpMember.RefName
            : type.TextEquals(body, "ref/resource"u8) ? McpMember.RefUri
            : McpMember.None;
        var (name, uri) = (message[McpMember.RefName], message[McpMember.RefUri]);
        var isTold =
            subject != McpMember.None
            && name.IsPresent != uri.IsPresent
            && message[subject].IsPresent
            && !message[subject].TextEquals(body, default);
        subject = isTold ? subject : McpMember.None;
        return isTold;
    }
}
