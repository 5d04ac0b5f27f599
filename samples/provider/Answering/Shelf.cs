using System.Text.Json.Nodes;

namespace Gateway.Samples.Provider.Answering;

/// <summary>
/// Objects that the provider keeps under an id, such as files and batches: the last 512, so that memory stays flat under load. Thread-safe.
/// </summary>
internal sealed class Shelf<T>
    where T : class
{
    private const int Capacity = 512;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, T> _kept = new(StringComparer.Ordinal);

    public T Put(string id, T value)
    {
        lock (_gate)
        {
            _kept[id] = value;
            if (_kept.Count > Capacity)
            {
                _kept.RemoveAt(0);
            }

            return value;
        }
    }

    public T? Find(string id)
    {
        lock (_gate)
        {
            return _kept.GetValueOrDefault(id);
        }
    }

    /// <exception cref="RequestBodyException">404: there is none of this id.</exception>
    public T Get(string id) => Find(id) ?? throw Missing(id);

    /// <exception cref="RequestBodyException">404: there is none of this id.</exception>
    public void Remove(string id)
    {
        lock (_gate)
        {
            if (!_kept.Remove(id))
            {
                throw Missing(id);
            }
        }
    }

    /// <summary>The newest first, as the providers list.</summary>
    public T[] All()
    {
        lock (_gate)
        {
            return [.. _kept.Values.Reverse()];
        }
    }

    private static RequestBodyException Missing(string id) => new($"No such object: {id}") { Status = StatusCodes.Status404NotFound };
}

/// <summary>How the providers list what they keep.</summary>
internal static class Listing
{
    /// <param name="kind">The <c>object</c> member; null for Anthropic's lists, which have none.</param>
    public static string Of(IEnumerable<JsonObject> items, string? kind = "list")
    {
        var data = new JsonArray([.. items.Select(item => item.DeepClone())]);
        var list = new JsonObject
        {
            ["object"] = kind,
            ["data"] = data,
            ["has_more"] = false,
            ["first_id"] = data.Count > 0 ? (string?)data[0]!["id"] : null,
            ["last_id"] = data.Count > 0 ? (string?)data[^1]!["id"] : null,
        };
        if (kind is null)
        {
            list.Remove("object");
        }

        return list.ToJsonString();
    }

    public static string Id(this Exchange exchange) => (string)exchange.Http.GetRouteValue("id")!;
}
