namespace Gateway.Proxy.Tests.Architecture.Violations;

internal interface ILonely;

internal sealed class Lonely : ILonely;
