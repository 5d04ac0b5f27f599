using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Obligations;

/// <summary>Puts the operation's declared read variant in its place. A read needs none.</summary>
internal static class ReadVariant
{
    private const string Get = "GET";

    public static string? Meet(ReducedAction action, Policy.Model.Obligations owed)
    {
        if (action.Operation.Action == ActionType.Read)
        {
            return HostedTools(action).All(tool => tool?.Action == ActionType.Read)
                ? null
                : "a tool that the provider would run does more than read.";
        }

        if (
            action.Operation.ReadVariant is not { } name
            || action.Asked.Connector.Operations.FirstOrDefault(o => o.Id == name) is not { } variant
        )
        {
            return "the operation has no read variant.";
        }

        return Put(action, variant);
    }

    private static IEnumerable<Operation?> HostedTools(ReducedAction action) =>
        action.Intent.HostedTools.Select(tool => action.Asked.Connector.Operations.FirstOrDefault(o => o.Id == tool));

    private static string? Put(ReducedAction action, Operation variant)
    {
        var target = action.Intent.Target;
        var takesAll =
            variant.Sends is null or Sends.Content
            && variant.Methods.Contains(target.Method)
            && action.Operation.RequestTypes.All(variant.RequestTypes.Contains);
        var method = takesAll ? target.Method : Get;
        if (
            PathOf(action, variant) is not { } path
            || OperationMatch.Find(action.Asked.Connector, method, path)?.Id != variant.Id
            || (!takesAll && HttpMethods.IsHead(target.Method))
            || SentParts.ProblemOf(variant, path, takesAll && !action.Content.IsEmpty) is not null
        )
        {
            return "its read variant can't be asked for with these parameters.";
        }

        var query =
            target.PathAndQuery.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 && takesAll ? target.PathAndQuery[mark..] : "";
        action.Content = takesAll ? action.Content : default;
        if (!HeadersOf(action, variant).TryGet(out var headers, out _))
        {
            return "the headers that its read variant takes on don't fit the request.";
        }

        action.Headers = headers;
        action.Operation = variant;
        action.IsAnother = true;
        action.Intent = action.Intent with
        {
            Operation = variant.Id,
            Data = variant.Data | (action.Intent.Data & ~action.Asked.Operation.Data),
            Target = target with
            {
                Method = method,
                PathAndQuery = CalledOperation.Join(action.Asked.Connector.BaseAddress, path) + query,
                Headers = headers.Digest,
            },
            Arguments = takesAll ? action.Intent.Arguments : default,
        };
        return null;
    }

    /// <summary>The variant's path behind the base address, with the parameters of the one asked for; null where they don't fit.</summary>
    private static string? PathOf(ReducedAction action, Operation variant)
    {
        var whole = action.Intent.Target.PathAndQuery;
        var root = action.Asked.Connector.BaseAddress.AbsolutePath.TrimEnd('/');
        var mark = whole.IndexOf('?', StringComparison.Ordinal);
        return whole.StartsWith(root, StringComparison.Ordinal)
            ? variant.Path.Fill(action.Operation.Path, whole[root.Length..(mark < 0 ? whole.Length : mark)])
            : null;
    }

    /// <summary>Those that the variant declares; a signature must vouch for each of them too.</summary>
    private static Result<OutgoingHeaders> HeadersOf(ReducedAction action, Operation variant)
    {
        var read = OutgoingHeaders.From(action.Asked.Envelope.Http.Request.Headers, variant, !action.Content.IsEmpty);
        return read.TryGet(out var headers, out _) && headers.All.Any(header => !action.Asked.Agent.Vouches(header.Key))
            ? ReasonCode.InvalidSignature
            : read;
    }
}
