using System.Buffers;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>One operation on something that a model provider keeps: which object, its path says.</summary>
/// <param name="Operation">The name that policy knows it by.</param>
/// <param name="Template">Behind the base address; <c>{id}</c> is the object's. Without one, the object is made.</param>
/// <param name="Parameters">Of the query; each may be there once, and one that ends in <c>[]</c> often.</param>
/// <param name="GivesIds">Whether the answer has ids that can be asked for again.</param>
public sealed record KeptObjectOperation(
    ConnectorType Type,
    Id<Operation> Operation,
    string Method,
    string Template,
    IReadOnlyList<string> Parameters,
    bool GivesIds
)
{
    private const string Hole = "{id}";
    private const string Repeated = "[]";

    private static readonly SearchValues<char> Values = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    );

    /// <summary>How a body in JSON is read; null where there must be none, or it is a form.</summary>
    public IIntentReader? Requests { get; init; }

    /// <summary>Whether its body is a form with a file.</summary>
    public bool IsUpload { get; init; }

    /// <summary>What is written down of it, so that its agent can be given a list; none where nothing is.</summary>
    public OwnedKind Kind { get; init; }

    /// <summary>Whether its answer is the list of what the agent has.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether the path names an object; where it doesn't, one is made, or all are listed.</summary>
    public bool NamesOne { get; } = Template.Contains(Hole, StringComparison.Ordinal);

    public bool Makes => !NamesOne && !IsList;

    /// <summary>Gateway's own path, for metrics.</summary>
    public string Route => "/v1" + Template;

    public string PathOf(string id) => Template.Replace(Hole, id, StringComparison.Ordinal);

    /// <summary>
    /// The id in a request's path, empty where no object is named; null where the path is not this operation's.
    /// </summary>
    /// <param name="path">Gateway's own, as it came.</param>
    public string? IdIn(string path)
    {
        if (!NamesOne)
        {
            return path == Route ? "" : null;
        }

        var at = Route.IndexOf(Hole, StringComparison.Ordinal);
        var before = Route.AsSpan(0, at);
        var behind = Route.AsSpan(at + Hole.Length);
        if (
            path.Length <= before.Length + behind.Length
            || !path.AsSpan().StartsWith(before, StringComparison.Ordinal)
            || !path.AsSpan().EndsWith(behind, StringComparison.Ordinal)
        )
        {
            return null;
        }

        var id = path[before.Length..^behind.Length];
        return id.Contains('/', StringComparison.Ordinal) ? null : id;
    }

    /// <summary>Whether a query has nothing but what the operation takes, spelt in one way.</summary>
    /// <param name="query">As it came, without the question mark.</param>
    public bool Takes(ReadOnlySpan<char> query)
    {
        var seen = 0UL;
        foreach (var range in query.Split('&'))
        {
            var parameter = query[range];
            if (parameter.IsEmpty && query.IsEmpty)
            {
                return true;
            }

            var equals = parameter.IndexOf('=');
            var place = equals < 0 ? -1 : PlaceOf(parameter[..equals]);
            if (place < 0 || parameter[(equals + 1)..].ContainsAnyExcept(Values))
            {
                return false;
            }

            var isAgain = (seen & (1UL << place)) != 0;
            if (isAgain && !Parameters[place].EndsWith(Repeated, StringComparison.Ordinal))
            {
                return false;
            }

            seen |= 1UL << place;
        }

        return true;
    }

    /// <summary>By its exact name, or with its brackets encoded, as some clients send them.</summary>
    private int PlaceOf(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < Parameters.Count; i++)
        {
            var known = Parameters[i];
            var isList = known.EndsWith(Repeated, StringComparison.Ordinal);
            if (
                name.SequenceEqual(known)
                || (
                    isList
                    && name.EndsWith("%5B%5D", StringComparison.OrdinalIgnoreCase)
                    && name[..^6].SequenceEqual(known.AsSpan(0, known.Length - Repeated.Length))
                )
            )
            {
                return i;
            }
        }

        return -1;
    }
}
