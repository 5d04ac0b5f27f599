using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Gateway.Proxy.Tests.Architecture;

/// <summary>Notes every type that a signature or an attribute's value names, inside arrays, generics and function pointers too.</summary>
internal sealed class NamedTypes : ISignatureTypeProvider<string, object?>, ICustomAttributeTypeProvider<string>
{
    private readonly List<(string Assembly, string Type)> _found = [];

    /// <summary>What was noted since the last time.</summary>
    public IReadOnlyList<(string Assembly, string Type)> Take()
    {
        var found = _found.ToList();
        _found.Clear();
        return found;
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Note("", NameOf(reader, handle));

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var (assembly, type) = NameOf(reader, handle);
        return Note(assembly, type);
    }

    public string GetTypeFromSpecification(
        MetadataReader reader,
        object? genericContext,
        TypeSpecificationHandle handle,
        byte rawTypeKind
    ) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    /// <summary>An attribute's <c>typeof</c>: the name, then the assembly where it isn't this one.</summary>
    public string GetTypeFromSerializedName(string name)
    {
        var parts = name.Split(',', 3, StringSplitOptions.TrimEntries);
        return Note(parts.Length > 1 ? parts[1] : "", parts[0]);
    }

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;

    public string GetGenericMethodParameter(object? genericContext, int index) => "";

    public string GetGenericTypeParameter(object? genericContext, int index) => "";

    public string GetArrayType(string elementType, ArrayShape shape) => elementType;

    public string GetByReferenceType(string elementType) => elementType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType;

    public string GetSZArrayType(string elementType) => elementType;

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSystemType() => "System.Type";

    public bool IsSystemType(string type) => type == "System.Type";

    /// <summary>An attribute's blob doesn't say how wide an enum is; those that attributes take are of four bytes.</summary>
    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

    public static string NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{NameOf(reader, outer)}+{name}"
            : Join(reader.GetString(type.Namespace), name);
    }

    private static (string Assembly, string Type) NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            var (assembly, outer) = NameOf(reader, (TypeReferenceHandle)type.ResolutionScope);
            return (assembly, $"{outer}+{name}");
        }

        var scope =
            type.ResolutionScope.Kind == HandleKind.AssemblyReference
                ? reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)
                : "";
        return (scope, Join(reader.GetString(type.Namespace), name));
    }

    private static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";

    private string Note(string assembly, string type)
    {
        _found.Add((assembly, type));
        return type;
    }
}
