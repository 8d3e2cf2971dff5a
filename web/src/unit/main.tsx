import { mount } from '../shared/app-frame.tsx';
import { Portal } from './portal.tsx';
import './unit.css';

mount(<Portal />);
