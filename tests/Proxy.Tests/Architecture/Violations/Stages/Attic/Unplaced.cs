#pragma warning disable CS0649 // The fields are there to be found, not to be used.
using Gateway.Proxy.Tests.Architecture.Violations.Stages.Identity;

namespace Gateway.Proxy.Tests.Architecture.Violations.Stages.Attic;

internal sealed class Unplaced
{
    public Innocent? Value;
}
