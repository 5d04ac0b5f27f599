using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Gateway.Proxy.Tests.Architecture;

/// <summary>
/// Everything that an assembly's types name: bases, fields, signatures, generic arguments and constraints, attributes, locals, and what the
/// instructions of method bodies call.
/// </summary>
internal sealed class AssemblyReading
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly NamedTypes _types = new();
    private readonly List<Use> _uses = [];
    private string _user = "";
    private string _place = "";

    private AssemblyReading(PEReader file) => (_file, _reader) = (file, file.GetMetadataReader());

    public static IReadOnlyList<Use> Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reading = new AssemblyReading(file);
        foreach (var handle in reading._reader.TypeDefinitions)
        {
            reading.ReadType(handle);
        }

        return reading._uses;
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        Note(); // What is left of the type before is its own.
        var type = _reader.GetTypeDefinition(handle);
        var name = NamedTypes.NameOf(_reader, handle);
        _place = name;
        _user = name.Split('+')[0];
        ReadHandle(type.BaseType);
        ReadAll(type.GetInterfaceImplementations(), i => ReadHandle(_reader.GetInterfaceImplementation(i).Interface));
        ReadGenerics(type.GetGenericParameters());
        ReadAttributes(type.GetCustomAttributes());
        ReadAll(type.GetFields(), field => ReadField(name, _reader.GetFieldDefinition(field)));
        ReadAll(type.GetProperties(), property => ReadAttributes(_reader.GetPropertyDefinition(property).GetCustomAttributes()));
        ReadAll(type.GetMethods(), method => ReadMethod(name, _reader.GetMethodDefinition(method)));
    }

    private void ReadField(string type, FieldDefinition field)
    {
        Note();
        _place = $"{type}.{_reader.GetString(field.Name)}";
        field.DecodeSignature(_types, null);
        ReadAttributes(field.GetCustomAttributes());
    }

    private void ReadMethod(string type, MethodDefinition method)
    {
        Note();
        _place = $"{type}.{_reader.GetString(method.Name)}";
        method.DecodeSignature(_types, null);
        ReadGenerics(method.GetGenericParameters());
        ReadAttributes(method.GetCustomAttributes());
        ReadAll(method.GetParameters(), parameter => ReadAttributes(_reader.GetParameter(parameter).GetCustomAttributes()));
        if (method.RelativeVirtualAddress != 0)
        {
            ReadBody(_file.GetMethodBody(method.RelativeVirtualAddress));
        }

        Note();
    }

    private void ReadBody(MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
        {
            ReadHandle(body.LocalSignature);
        }

        foreach (var region in body.ExceptionRegions)
        {
            ReadHandle(region.CatchType);
        }

        foreach (var token in IlTokens.Of(body.GetILBytes() ?? []))
        {
            ReadHandle(token);
        }
    }

    private void ReadGenerics(GenericParameterHandleCollection parameters)
    {
        foreach (var parameter in parameters)
        {
            ReadAll(
                _reader.GetGenericParameter(parameter).GetConstraints(),
                c => ReadHandle(_reader.GetGenericParameterConstraint(c).Type)
            );
        }
    }

    private void ReadAttributes(CustomAttributeHandleCollection attributes) =>
        ReadAll(
            attributes,
            handle =>
            {
                var attribute = _reader.GetCustomAttribute(handle);
                ReadHandle(attribute.Constructor);
                attribute.DecodeValue(_types);
            }
        );

    private void ReadHandle(EntityHandle handle)
    {
        Note();
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                _types.GetTypeFromDefinition(_reader, (TypeDefinitionHandle)handle, 0);
                break;
            case HandleKind.TypeReference:
                _types.GetTypeFromReference(_reader, (TypeReferenceHandle)handle, 0);
                break;
            case HandleKind.TypeSpecification:
                _types.GetTypeFromSpecification(_reader, null, (TypeSpecificationHandle)handle, 0);
                break;
            case HandleKind.MethodSpecification:
                var specification = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                specification.DecodeSignature(_types, null);
                ReadHandle(specification.Method);
                break;
            case HandleKind.MemberReference:
                ReadReference(_reader.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.MethodDefinition:
                var method = _reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                ReadMember(method.GetDeclaringType(), method.Name);
                break;
            case HandleKind.FieldDefinition:
                var field = _reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                ReadMember(field.GetDeclaringType(), field.Name);
                break;
            case HandleKind.StandaloneSignature:
                ReadSignature(_reader.GetStandaloneSignature((StandaloneSignatureHandle)handle));
                break;
            default:
                throw new BadImageFormatException($"{_place} names something of the unforeseen kind {handle.Kind}.");
        }

        Note();
    }

    private void ReadReference(MemberReference member)
    {
        if (member.GetKind() == MemberReferenceKind.Method)
        {
            member.DecodeMethodSignature(_types, null);
        }
        else
        {
            member.DecodeFieldSignature(_types, null);
        }

        ReadMember(member.Parent, member.Name);
    }

    private void ReadMember(EntityHandle declaring, StringHandle name)
    {
        ReadHandle(declaring); // The type alone, with its generic arguments.
        _ = declaring.Kind switch
        {
            HandleKind.TypeDefinition => _types.GetTypeFromDefinition(_reader, (TypeDefinitionHandle)declaring, 0),
            HandleKind.TypeReference => _types.GetTypeFromReference(_reader, (TypeReferenceHandle)declaring, 0),
            _ => _types.GetTypeFromSpecification(_reader, null, (TypeSpecificationHandle)declaring, 0),
        };
        foreach (var (assembly, type) in _types.Take().Take(1))
        {
            _uses.Add(new Use(_user, _place, assembly, type, _reader.GetString(name)));
        }
    }

    private void ReadSignature(StandaloneSignature signature)
    {
        if (signature.GetKind() == StandaloneSignatureKind.LocalVariables)
        {
            signature.DecodeLocalSignature(_types, null);
        }
        else
        {
            signature.DecodeMethodSignature(_types, null);
        }
    }

    private void Note()
    {
        foreach (var (assembly, type) in _types.Take())
        {
            _uses.Add(new Use(_user, _place, assembly, type, Member: null));
        }
    }

    private static void ReadAll<T>(IEnumerable<T> handles, Action<T> read)
    {
        foreach (var handle in handles)
        {
            read(handle);
        }
    }
}
