using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Models;

/// <summary>Reads request bodies of an operation by its name.</summary>
internal static class Bodies
{
    public static ModelOperation Operation(string name) => ModelOperations.All.Single(o => o.Operation == Id<Operation>.Parse(name));

    public static BodyReading Accepted(string operation, string body)
    {
        Assert.True(Operation(operation).Requests.TryRead(Encoding.UTF8.GetBytes(body), out var reading, out var refusal), refusal?.Detail);
        Assert.Equal(default, refusal);
        return reading;
    }

    public static Refusal Refused(string operation, string body)
    {
        Assert.False(Operation(operation).Requests.TryRead(Encoding.UTF8.GetBytes(body), out var reading, out var refusal), body);
        Assert.Same(BodyReading.Empty, reading);
        Assert.NotNull(refusal.Detail);
        return refusal;
    }
}
