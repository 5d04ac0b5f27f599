namespace Gateway.Proxy.Tests.Architecture.Violations;

internal sealed class RequestManager;
